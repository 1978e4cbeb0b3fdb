import { describe, expect, it } from 'vitest'
import { chordsOf, type KeyPress } from './chords.ts'

const press = (key: string, code: string, held = ''): KeyPress => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
  getModifierState: (name) => name === 'AltGraph' && held.includes('g'),
})

describe('what a key press is called', () => {
  it.each<[string, KeyPress, string[]]>([
    ['a letter', press('w', 'KeyW'), ['w']],
    ['with the capitals lock', press('W', 'KeyW'), ['w']],
    ['with Shift', press('W', 'KeyW', 's'), ['Shift+w']],
    ['with Ctrl', press('Z', 'KeyZ', 'cs'), ['Mod+Shift+z']],
    ['of another script', press('я', 'KeyZ', 'c'), ['Mod+z']],
    ['a letter with Alt on a Mac', press('å', 'KeyA', 'a'), ['Alt+a']],
    ['a digit', press('1', 'Digit1'), ['1']],
    ['a digit with Shift', press('!', 'Digit1', 's'), ['Shift+1', '!']],
    ['a digit where Shift types it', press('&', 'Digit1'), ['1', '&']],
    ['a digit of the block', press('4', 'Numpad4'), ['4']],
    ['that key without the lock', press('ArrowLeft', 'Numpad4'), ['ArrowLeft']],
    ['a sign', press('?', 'Slash', 's'), ['?']],
    ['a sign made with AltGr', press('[', 'Digit8', 'cag'), ['[']],
    ['an arrow', press('ArrowUp', 'ArrowUp', 'as'), ['Alt+Shift+ArrowUp']],
    ['the bar', press(' ', 'Space'), ['Space']],
    ['a modifier alone', press('Shift', 'ShiftLeft', 's'), []],
    ['a key of the system', press('l', 'KeyL', 'm'), []],
  ])('%s', (_, event, names) => {
    expect(chordsOf(event, false)).toEqual(names)
  })

  it('Cmd is on a Mac what Ctrl is elsewhere', () => {
    expect(chordsOf(press('z', 'KeyZ', 'm'), true)).toEqual(['Mod+z'])
    expect(chordsOf(press('z', 'KeyZ', 'c'), true)).toEqual([])
  })
})
