import { describe, expect, it } from 'vitest'
import { FirstPicture } from './firstPicture.ts'

function made() {
  const said: (string | null)[] = []
  return { said, first: new FirstPicture((sentence) => said.push(sentence)) }
}
const COMING = expect.stringMatching(/comes with the first slices/)
const MAKING = expect.stringMatching(/is being computed/)

describe('[V149] the 3D pane says what it waits for', () => {
  it('first for slices, then for the picture; once that is there more slices change nothing', () => {
    const { said, first } = made()
    first.begin()
    expect(first.isWorthIt).toBe(false)
    first.fill()
    expect(first.isWorthIt).toBe(true)
    first.fill()
    first.drawn()
    first.fill()
    first.drawn()
    expect(said).toEqual([COMING, MAKING, null])
  })
  it('again for another canvas, and for another volume', () => {
    const { said, first } = made()
    first.fill()
    first.begin()
    first.drawn()
    first.begin()
    first.empty()
    first.begin()
    expect(said).toEqual([MAKING, null, MAKING, COMING])
  })
  it('nothing where something else is said: the canvas is gone, and values go on coming', () => {
    const { said, first } = made()
    first.begin()
    first.end()
    first.fill()
    first.drawn()
    expect(said).toEqual([COMING])
  })
})
