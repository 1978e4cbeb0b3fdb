import type { Series } from '@consilium/contract/studies'
import type { SeriesFrames } from '@consilium/viewer/series'
import { createRoot } from 'solid-js'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createLibrary, type Library } from './library.ts'

/** Of 100 bytes each. */
const made = (id: string) =>
  ({ id, rows: 5, columns: 10, frames: 1, samples: 'int16', lower: null }) as unknown as Series
const list = ['a', 'b', 'c'].map(made)

beforeAll(() => vi.stubGlobal('window', new EventTarget()))

function libraryOf(budget: number) {
  const asked: string[] = []
  const closed: string[] = []
  const read = (series: Series): SeriesFrames => {
    asked.push(series.id)
    return {
      onProgress: () => () => {},
      progress: () => ({ here: 0, total: 1, fault: null }),
      retry() {},
      close: () => void closed.push(series.id),
    } as unknown as SeriesFrames
  }
  const library = createRoot(() => createLibrary(() => list, budget, read))
  return { library, asked, closed }
}

/** Held until the answer is called. */
const holding = (library: Library, id: string): (() => void) =>
  createRoot((dispose) => {
    library.hold(id)
    return dispose
  })

describe('series in memory', () => {
  it('[V15] are shared by all who hold them', () => {
    const { library, asked, closed } = libraryOf(100)
    const [first, second] = [holding(library, 'a'), holding(library, 'a')]
    expect(asked).toEqual(['a'])
    first()
    holding(library, 'b')
    expect(closed).toEqual([])
    second()
    expect(closed).toEqual(['a'])
  })

  it('[V15] stay while there is room, go the least lately held first, and are fetched again', () => {
    const { library, asked, closed } = libraryOf(200)
    holding(library, 'a')()
    holding(library, 'b')()
    expect(closed).toEqual([])
    holding(library, 'a')()
    expect(asked).toEqual(['a', 'b'])
    holding(library, 'c')
    expect(closed).toEqual(['b'])
    expect(library.of('b')?.frames()).toBeNull()
    holding(library, 'b')
    expect(asked).toEqual(['a', 'b', 'c', 'b'])
    expect(closed).toEqual(['b', 'a'])
  })

  it('[V15] never go while they are held, whatever the room', () => {
    const { library, closed } = libraryOf(10)
    for (const { id } of list) holding(library, id)
    expect(closed).toEqual([])
    expect(list.every(({ id }) => library.of(id)?.frames())).toBe(true)
  })
})
