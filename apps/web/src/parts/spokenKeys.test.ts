import { expect, it } from 'vitest'
import { spokenKeys } from './spokenKeys.ts'

it.each([
  ['Ctrl+Shift+Z', 'Control+Shift+Z'],
  ['Alt+←', 'Alt+ArrowLeft'],
  ['Page Up', 'PageUp'],
  ['−', '-'],
  ['+', 'Plus'],
  ['Ctrl++', 'Control+Plus'],
  [undefined, undefined],
])('%s is told as %s', (hint, told) => {
  expect(spokenKeys(hint)).toBe(told)
})
