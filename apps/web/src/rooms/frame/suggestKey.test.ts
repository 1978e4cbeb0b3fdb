import { expect, test } from 'vitest'
import { suggestKey } from './suggestKey.ts'

test.each([
  ['Lung nodule consensus', 'LNC'],
  ['Atlas', 'ATL'],
  ['  Médias­tinum, études ', 'ME'],
  ['A b c d e f g h', 'ABCDEF'],
  ['', ''],
  ['2026', ''],
])('%s gives %s', (title, key) => {
  expect(suggestKey(title.replaceAll('\u00ad', ''))).toBe(key)
})
