import { describe, expect, it } from 'vitest'
import { COMMANDS } from './all.ts'
import type { Command } from './command.ts'
import { holdersOf, type Keymap, keysIn, reset, USUAL, withKeys } from './keymap.ts'
import { keymapText, readKeymap } from './keymapFile.ts'

const command = (id: string): Command => {
  const one = COMMANDS.find((other) => other.id === id)
  if (!one) throw new Error(`no command ${id}`)
  return one
}
const keysOf = (keymap: Keymap, id: string) => keysIn(keymap, COMMANDS).get(id)
const given = (id: string, ...chords: string[]) => withKeys(USUAL, COMMANDS, command(id), chords)

describe('[V83] keys as a person wants them', () => {
  it('are the usual ones of the profile until something is changed', () => {
    expect(keysOf(USUAL, 'window.1')).toEqual(['1'])
    expect(keysOf({ ...USUAL, profile: 'annotator' }, 'window.1')).toEqual(['Shift+1'])
    expect(keysOf({ ...USUAL, profile: 'annotator' }, 'label.1')).toEqual(['1'])
  })

  it('change for one profile alone', () => {
    const keymap = given('tool.box', 'q')
    expect(keysOf(keymap, 'tool.box')).toEqual(['q'])
    expect(keysOf({ ...keymap, profile: 'annotator' }, 'tool.box')).toEqual(['b'])
  })

  it('are taken from who had them, and come back when they are given up', () => {
    expect(holdersOf(USUAL, COMMANDS, command('tool.box'), ['g']).map(({ id }) => id)).toEqual([
      'tool.polygon',
    ])
    const keymap = given('tool.box', 'g')
    expect(keysOf(keymap, 'tool.polygon')).toEqual([])
    const back = withKeys(keymap, COMMANDS, command('tool.polygon'), null)
    expect([keysOf(back, 'tool.polygon'), keysOf(back, 'tool.box')]).toEqual([['g'], []])
    expect(reset(back)).toEqual(USUAL)
  })

  it('are shared across situations, and by a tap with a hold', () => {
    expect(holdersOf(USUAL, COMMANDS, command('paint.larger'), ['b'])).toEqual([])
    expect(holdersOf(USUAL, COMMANDS, command('look.hold-pan'), ['b'])).toEqual([])
    expect(keysOf(given('paint.larger', 'b'), 'tool.box')).toEqual(['b'])
  })

  it('stand against a usual key that a later version brings', () => {
    const before = COMMANDS.filter(({ id }) => id !== 'tool.box')
    const keymap = withKeys(USUAL, before, command('tool.polygon'), ['b'])
    expect([keysOf(keymap, 'tool.polygon'), keysOf(keymap, 'tool.box')]).toEqual([['b'], []])
  })
})

describe('[V84] a keymap as a file', () => {
  const file = (change: (file: Record<string, unknown>) => unknown) =>
    JSON.stringify(change(JSON.parse(keymapText(USUAL)) as Record<string, unknown>))
  const radiology = (keys: unknown) => file((one) => ({ ...one, keys: { radiology: keys, annotator: {} } }))
  const faults = (text: string) => {
    const read = readKeymap(text, COMMANDS)
    return 'faults' in read ? read.faults : []
  }

  it('comes back as it went', () => {
    const keymap = { ...given('tool.box', 'q', 'Mod+Shift+b'), profile: 'annotator' } as const
    expect(readKeymap(keymapText(keymap), COMMANDS)).toEqual({ keymap })
  })

  it.each([
    ['no JSON', '{"format": "consilium-key', 'This file is not JSON, or it is damaged.'],
    ['nothing', '', 'This file is not JSON, or it is damaged.'],
    ['another file', '[]', 'This file is not a keymap of Consilium.'],
    [
      'a later version',
      file((one) => ({ ...one, version: 2 })),
      'This keymap is of version 2; this page reads version 1.',
    ],
    [
      'another profile',
      file((one) => ({ ...one, profile: 'x' })),
      'Its profile is neither “radiology” nor “annotator”.',
    ],
    [
      'no keys',
      file((one) => ({ ...one, keys: 7 })),
      'Its keys are not lists of words under the commands of both profiles.',
    ],
    [
      'keys that are no words',
      radiology({ 'tool.box': [7] }),
      'Its keys are not lists of words under the commands of both profiles.',
    ],
    [
      'a name of the language',
      radiology({ constructor: ['b'] }),
      '“constructor” is no command of this version.',
    ],
    ['an unknown command', radiology({ 'tool.saw': ['b'] }), '“tool.saw” is no command of this version.'],
    ['no key', radiology({ 'tool.box': ['Shift'] }), '“Shift”, for “Box”, is no key.'],
    ['a key nobody can press', radiology({ 'tool.box': ['Shift+?'] }), '“Shift+?”, for “Box”, is no key.'],
    [
      'a key of the browser',
      radiology({ 'tool.box': ['Mod+w'] }),
      '“Mod+w”, for “Box”, belongs to the browser.',
    ],
    [
      'one key for two',
      radiology({ 'tool.box': ['q'], 'tool.polygon': ['q'] }),
      '“q” is given to “Box” and to “Polygon”.',
    ],
    ['far too much', 'x'.repeat(100_001), 'This file is too long to be a keymap.'],
  ])('is refused with %s, and says why', (_, text, fault) => {
    expect(faults(text)).toEqual([fault])
  })

  it('tells the first of many faults and how many there are', () => {
    const keys = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`tool.${n}`, ['b']]))
    expect(faults(radiology(keys))).toHaveLength(6)
    expect(faults(radiology(keys)).at(-1)).toBe('And 4 more.')
  })
})
