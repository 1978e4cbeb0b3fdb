/** Contrast of the tokens as shipped (WCAG 2.x formula), read from the stylesheet itself. */
import { readFileSync } from 'node:fs'
import { PEOPLE_COLOURS as COUNT } from '@consilium/contract/colour'
import { describe, expect, test } from 'vitest'
import {
  LABEL_COLOURS,
  labelColour,
  NO_LABEL_COLOUR,
  ON_COLOUR,
  PEOPLE_COLOURS,
  personColour,
  READS,
} from './colours.ts'

const css = readFileSync(new URL('../styles.css', import.meta.url), 'utf8')
const token = (name: string): string => {
  const found = new RegExp(`--color-${name}:\\s*(#[0-9a-f]{6})`, 'i').exec(css)?.[1]
  if (!found) throw new Error(`no token ${name}`)
  return found
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const SURFACES = ['bg', 's1', 's2', 's3', 's4']

describe('[W1] words can be read: 4.5 to 1 for text, 3 to 1 for what marks a control', () => {
  test.each(['t1', 't2', 'bone', 'acc', 'ok', 'warn', 'bad'])('%s on every surface', (name) => {
    for (const surface of SURFACES) expect(contrast(token(name), token(surface))).toBeGreaterThanOrEqual(4.5)
  })
  test('t3 on every surface but s4', () => {
    for (const surface of SURFACES.slice(0, -1))
      expect(contrast(token('t3'), token(surface))).toBeGreaterThanOrEqual(4.5)
  })
  test('edges of controls on every surface but s4', () => {
    for (const surface of SURFACES.slice(0, -1))
      expect(contrast(token('ctl'), token(surface))).toBeGreaterThanOrEqual(3)
  })
  test.each(['acc', 'ok', 'warn', 'bad', 'bone'])('%s on its own tint', (name) => {
    expect(contrast(token(name), token(`${name}-tint`))).toBeGreaterThanOrEqual(4.5)
  })
  test('text on the bone button', () => {
    expect(contrast(token('on-bone'), token('bone'))).toBeGreaterThanOrEqual(4.5)
  })
  test('dark letters on people, reads and labels', () => {
    const carriers = [...LABEL_COLOURS, ...PEOPLE_COLOURS, ...Object.values(READS).map((read) => read.colour)]
    for (const colour of carriers) expect(contrast(ON_COLOUR, colour)).toBeGreaterThanOrEqual(4.5)
  })
  test('the data colours stand off the raised surface', () => {
    for (const colour of [...LABEL_COLOURS, ...PEOPLE_COLOURS])
      expect(contrast(colour, token('s2'))).toBeGreaterThanOrEqual(3)
  })
})

test('labels repeat past eight, and a missing one is grey', () => {
  expect(labelColour(1)).toBe(LABEL_COLOURS[0])
  expect(labelColour(9)).toBe(LABEL_COLOURS[0])
  expect(labelColour(8)).toBe(LABEL_COLOURS[7])
  expect(labelColour(undefined)).toBe(NO_LABEL_COLOUR)
  expect(labelColour(0)).toBe(NO_LABEL_COLOUR)
})

test('there is a colour for each number that people have, and others repeat', () => {
  expect(PEOPLE_COLOURS).toHaveLength(COUNT)
  expect(personColour(6)).toBe(PEOPLE_COLOURS[0])
  expect(personColour(-1)).toBe(PEOPLE_COLOURS[5])
})
