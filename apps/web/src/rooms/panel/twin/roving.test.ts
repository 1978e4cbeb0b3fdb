import { describe, expect, it } from 'vitest'
import { type Item, restingOn, rowAlong, wayOf } from './roving.ts'

const group = (id: string, ...rows: string[]): Item[] => [
  { id, group: null },
  ...rows.map((row) => ({ id: row, group: id })),
]
const items = [...group('Annotations', 'a', 'b'), ...group('People', 'c')]
const along = (from: string | null, key: string): string | null => {
  const way = wayOf(key)
  return way && rowAlong(items, from, way)
}

describe('rows in the tree of the picture', () => {
  it('[W119] arrows go from row to row through all groups and stop at both ends', () => {
    expect(along('b', 'ArrowDown')).toBe('People')
    expect(along('People', 'ArrowUp')).toBe('b')
    expect(along('Annotations', 'ArrowUp')).toBe('Annotations')
    expect(along('c', 'ArrowDown')).toBe('c')
    expect([along('b', 'Home'), along('a', 'End')]).toEqual(['Annotations', 'c'])
  })

  it('[W119] the left arrow goes from a row to its group', () => {
    expect(along('b', 'ArrowLeft')).toBe('Annotations')
    expect(along('People', 'ArrowLeft')).toBe('People')
  })

  it('[W119] what somebody else takes away leaves the keys in its place', () => {
    const without = items.filter(({ id }) => id !== 'a')
    expect(restingOn(without, items, 'b')).toBe('b')
    expect(restingOn(without, items, 'a')).toBe('b')
    expect(restingOn([], items, 'a')).toBeNull()
    expect(restingOn(items, [], null)).toBe('Annotations')
  })
})
