import { describe, expect, it } from 'vitest'
import { facesOf } from './cube.ts'

const letters = (faces: ReturnType<typeof facesOf>): string[] => faces.map((face) => face.letter)

describe('the cube', () => {
  it('[V2] shows the side of the patient one looks from: axial from the feet, coronal from the front, sagittal from the left', () => {
    expect(letters(facesOf({ right: [1, 0, 0], down: [0, 1, 0] }))).toEqual(['F'])
    expect(letters(facesOf({ right: [1, 0, 0], down: [0, 0, -1] }))).toEqual(['A'])
    expect(letters(facesOf({ right: [0, 1, 0], down: [0, 0, -1] }))).toEqual(['L'])
  })

  it('[V2] of an oblique plane three sides, the one seen best in front and where it lies', () => {
    // From the front, a little from above and from the left of the patient.
    const right = [0.8, 0.6, 0] as const
    const down = [0.36, -0.48, -0.8] as const
    const faces = facesOf({ right, down })
    expect(letters(faces)).toEqual(['L', 'H', 'A'].toSorted((a, b) => order(a) - order(b)))
    function order(letter: string): number {
      // Towards the eye is down x right.
      const eye = [
        down[1] * right[2] - down[2] * right[1],
        down[2] * right[0] - down[0] * right[2],
        down[0] * right[1] - down[1] * right[0],
      ]
      return Math.abs(eye[letter === 'L' ? 0 : letter === 'A' ? 1 : 2] ?? 0)
    }
    const left = faces.find((face) => face.letter === 'L')
    expect(left?.middle[0]).toBeCloseTo(0.8)
    expect(faces.find((face) => face.letter === 'H')?.middle[1]).toBeCloseTo(-0.8)
  })
})
