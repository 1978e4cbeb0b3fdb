import { describe, expect, it } from 'vitest'
import { COMMANDS } from './all.ts'
import { boundTo } from './bound.ts'
import { PROFILES } from './command.ts'
import { clash, meantBy } from './meant.ts'
import { SITUATIONS, type Situation } from './situations.ts'

const bound = boundTo(COMMANDS, (command) => command.keys.radiology)

/** What a key means while these situations are on. */
const means = (chord: string, ...on: Situation[]) => {
  const meant = meantBy(
    bound.get(chord) ?? [],
    (situation) => situation === 'always' || on.includes(situation),
  )
  return [meant?.hold?.id, meant?.act?.id].filter((id) => id !== undefined)
}

describe('commands', () => {
  it('each has an id of its own', () => {
    const ids = COMMANDS.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)])
  })

  it.each(PROFILES)('[V80] no key means two things in the same situation: %s', (profile) => {
    const clashes = [...boundTo(COMMANDS, (command) => command.keys[profile])].flatMap(([chord, sharing]) =>
      sharing.flatMap((one, index) =>
        sharing.slice(index + 1).flatMap((other) => (clash(one, other) ? [[chord, one.id, other.id]] : [])),
      ),
    )
    expect(clashes).toEqual([])
  })
})

describe('[V81] where several commands share a key, the strongest situation decides', () => {
  it.each<[string, Situation[], string[]]>([
    ['[', [], []],
    ['[', ['painting'], ['paint.smaller']],
    ['[', ['blaming'], ['line.vertex-before']],
    ['[', ['painting', 'blaming'], ['paint.smaller']],
    ['ArrowLeft', ['moments'], ['look.moment-before']],
    ['ArrowLeft', ['moments', 'timeline'], ['line.act-before']],
    ['ArrowUp', ['timeline'], ['look.slice-before']],
    ['Home', [], ['look.first']],
    ['Home', ['timeline'], ['line.start']],
    ['Backspace', [], ['annotate.delete']],
    ['Backspace', ['drawing'], ['annotate.take-back']],
    ['Escape', ['drawing'], ['annotate.leave']],
    ['Escape', ['timeline'], ['line.leave']],
    ['x', [], []],
    ['x', ['timeline', 'comparing'], ['line.blink']],
    ['Space', ['timeline'], ['line.play']],
  ])('%s with %j', (chord, on, ids) => {
    expect(means(chord, ...on)).toEqual(ids)
  })

  it('a key that holds something is a tap for the other', () => {
    expect(means('w')).toEqual(['look.hold-window', 'tool.window'])
  })

  it('every situation is in the order once', () => {
    expect([...SITUATIONS]).toEqual([...new Set(SITUATIONS)])
    expect(SITUATIONS.at(-1)).toBe('always')
  })
})
