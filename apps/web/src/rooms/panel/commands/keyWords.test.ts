import { expect, it } from 'vitest'
import { keyWords } from './keyWords.ts'

it.each([
  ['Mod+Shift+z', ['Ctrl', 'Shift', 'Z']],
  ['Alt+ArrowLeft', ['Alt', '←']],
  ['PageUp', ['Page Up']],
  ['+', ['+']],
  ['-', ['−']],
  ['Mod++', ['Ctrl', '+']],
])('%s is written %j', (chord, words) => {
  expect(keyWords(chord, false)).toEqual(words)
})

it('on a Mac Cmd stands where Ctrl does elsewhere', () => {
  expect(keyWords('Mod+z', true)).toEqual(['Cmd', 'Z'])
})
