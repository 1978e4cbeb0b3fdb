import { describe, expect, test } from 'vitest'
import { placeOf } from './cursors.ts'

const pane = { width: 400, height: 300, pixelRatio: 1 }
const plate = { width: 90, height: 18 }

describe('[V127] a cursor of somebody else', () => {
  test('stands on whole pixels of the screen, and its name beside it', () => {
    const tip = { x: 100.4, y: 50.6 }
    const name = { ...plate, x: tip.x + 12, y: tip.y + 15 }
    expect(placeOf(tip, name, pane)).toEqual({
      at: { x: 100, y: 51 },
      name: { x: 12, y: 15 },
      hasArrow: true,
    })
    expect(placeOf(tip, name, { ...pane, pixelRatio: 2 }).at).toEqual({ x: 100.5, y: 50.5 })
  })

  test('whose tip is out of sight is its name alone, where that was put', () => {
    expect(placeOf({ x: 9_000, y: 50 }, { ...plate, x: 308, y: 65 }, pane)).toEqual({
      at: { x: 308, y: 65 },
      name: { x: 0, y: 0 },
      hasArrow: false,
    })
  })
})
