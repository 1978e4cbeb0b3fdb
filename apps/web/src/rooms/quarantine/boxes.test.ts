import { describe, expect, test } from 'vitest'
import { CORNERS, cornered, moved, offered, spanned, within } from './boxes.ts'

const picture = { columns: 100, rows: 80 }
const box = { column: 10, row: 20, columns: 30, rows: 10 }

describe('a box on a picture', () => {
  test('spans the pixels between two points, in whatever direction the hand went', () => {
    const span = { column: 10, row: 20, columns: 6, rows: 3 }
    expect(spanned({ column: 10.2, row: 20.9 }, { column: 15.7, row: 22.1 }, picture)).toEqual(span)
    expect(spanned({ column: 15.7, row: 22.1 }, { column: 10.2, row: 20.9 }, picture)).toEqual(span)
  })

  test('never leaves the picture, and is never empty', () => {
    expect(spanned({ column: 90, row: 70 }, { column: 400, row: -5 }, picture)).toEqual({
      column: 90,
      row: 0,
      columns: 10,
      rows: 71,
    })
    expect(moved(box, 500, -500, picture)).toEqual({ ...box, column: 70, row: 0 })
    expect(within({ column: -4, row: 79.6, columns: 0, rows: 9 }, picture)).toEqual({
      column: 0,
      row: 79,
      columns: 1,
      rows: 1,
    })
    expect(offered({ columns: 5, rows: 4 })).toEqual({ column: 0, row: 0, columns: 5, rows: 1 })
  })

  test('is moved as a whole', () =>
    expect(moved(box, -3, 4, picture)).toEqual({ ...box, column: 7, row: 24 }))

  test.each(CORNERS)('is resized by its corner %s, and the one across stays', (corner) => {
    const resized = cornered(box, corner, { column: 25, row: 24 }, picture)
    const [right, bottom] = [39, 29]
    expect(resized).toEqual({
      column: corner.endsWith('w') ? 25 : 10,
      row: corner.startsWith('n') ? 24 : 20,
      columns: corner.endsWith('w') ? right - 25 + 1 : 16,
      rows: corner.startsWith('n') ? bottom - 24 + 1 : 5,
    })
  })

  test('turns over where a corner is dragged past the one across', () =>
    expect(cornered(box, 'se', { column: 4, row: 50 }, picture)).toEqual({
      column: 4,
      row: 20,
      columns: 7,
      rows: 31,
    }))
})
