import { describe, expect, it } from 'vitest'
import { colourBeside, colourOfPerson, PEOPLE_COLOURS } from './colour.ts'

describe('[W149] the colour of a person', () => {
  it('follows from the id, and all of them are given', () => {
    const given = Array.from({ length: 200 }, (_, n) => colourOfPerson(`person${n}`))
    expect(given).toEqual(given.map((_, n) => colourOfPerson(`person${n}`)))
    expect([...new Set(given)].toSorted()).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('gives way where another has it, to one that nobody has', () => {
    expect(colourBeside(4, new Set())).toBe(4)
    expect(colourBeside(4, new Set([4, 5, 0]))).toBe(1)
    expect(colourBeside(4, new Set(Array.from({ length: PEOPLE_COLOURS }, (_, n) => n)))).toBe(4)
  })
})
