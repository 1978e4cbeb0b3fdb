/** How large segments are told to be, how they are named, coloured and put in order, and which sizes a brush has. */
import { describe, expect, it } from 'vitest'
import type { KnownAuthor } from '../../../session/authors.ts'
import { LARGEST_MM, SMALLEST_MM, sizeOf } from '../state/painting/brush.ts'
import type { Statistics } from '../state/painting/canvases.ts'
import { ordered } from '../state/painting/looks.ts'
import { freeColour, freeName } from '../state/painting/segments.ts'
import { sharesOf } from './shares.ts'
import { extentOf, largestSlice, volumeWords } from './volumes.ts'

const counts = (...voxels: number[]): Statistics => {
  const all = voxels.reduce((sum, n) => sum + n, 0)
  return {
    voxels: all,
    volumeMl: (2 * all) / 1_000,
    slices: { voxels: Int32Array.from(voxels), areaMm2: (z) => voxels[z] ?? 0 },
  }
}

describe('how large a segment is', () => {
  it('is told in mL and mm³, and not while it is being counted', () => {
    expect(volumeWords(counts(0, 745, 0))).toBe('1.49\u00a0mL · 1\u202f490\u00a0mm³')
    expect(volumeWords(counts(0, 3))).toBe('0.006\u00a0mL · 6\u00a0mm³')
    expect(volumeWords(counts(0, 0))).toBe('Empty')
    expect(volumeWords(null)).toBe('…')
  })

  it('its largest slice is the first that has the most, and it goes from the first to the last that has any', () => {
    expect(largestSlice(counts(0, 4, 7, 7, 1, 0))).toEqual({ slice: 2, areaMm2: 7 })
    expect(extentOf(counts(0, 4, 0, 7, 1, 0))).toEqual([1, 4])
    expect([largestSlice(counts(0, 0)), extentOf(counts(0, 0))]).toEqual([null, null])
  })

  it('is shared by people, not by the pages they wrote on', () => {
    const known = (id: string): KnownAuthor => ({
      author: { id, name: id, initials: id },
      role: 'reader',
      colour: 0,
    })
    const people = new Map([
      [1, known('a')],
      [2, known('b')],
      [3, known('a')],
    ])
    const voxels = new Map([
      [1, 10],
      [2, 30],
      [3, 40],
      [4, 20],
    ])
    const shares = sharesOf(voxels, (client) => people.get(client) ?? null)
    expect(shares.map(({ known: { author }, voxels, share }) => [author.id, voxels, share])).toEqual([
      ['a', 50, 0.5],
      ['b', 30, 0.3],
    ])
  })
})

describe('segments among others', () => {
  it('have names and colours that no other has, as long as there are any', () => {
    expect(freeName('Nodule', [])).toBe('Nodule')
    expect(freeName('Nodule', ['Nodule', 'Nodule 3'])).toBe('Nodule 2')
    expect(freeColour('#E3A62F', [])).toBe('#e3a62f')
    expect(freeColour('#E3A62F', ['#e3a62f'])).toBe('#a6f9fd')
  })

  it('lie as this reader put them, new ones on top', () => {
    expect(ordered(['a', 'b', 'c', 'd'], ['c', 'a', 'gone'])).toEqual(['c', 'a', 'b', 'd'])
  })
})

it('a brush has sizes whose halves are radii that can be painted with', () => {
  expect([0, 0.31, 8.09, 1e6].map(sizeOf)).toEqual([SMALLEST_MM, 0.4, 8, LARGEST_MM])
  for (let mm = 0; mm < 50; mm += 0.37)
    expect(Math.abs((sizeOf(mm) * 500) / 100 - Math.round((sizeOf(mm) * 500) / 100))).toBeLessThan(1e-9)
})
