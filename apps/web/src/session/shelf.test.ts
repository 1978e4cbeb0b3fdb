import { createEffect, createRoot } from 'solid-js'
import { describe, expect, it, vi } from 'vitest'
import { Shelf } from './shelf.ts'

// In Node it would be the one for servers, in which nothing is told.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))

function shelf(...entries: string[]): Shelf<string> {
  const made = new Shelf<string>()
  made.replace(new Map(entries.map((entry) => [entry, entry])))
  return made
}

describe('[W106] whoever keeps something of every entry is told which changed', () => {
  it('the first time all of them, then those of all patches since', () => {
    const of = shelf('a', 'b', 'c')
    const first = of.changedSince(null)
    expect(first.keys).toBeNull()
    expect(of.changedSince(first.version).keys).toEqual(new Set())
    of.patch(new Map([['a', 'new']]))
    of.patch(
      new Map<string, string | null>([
        ['d', 'new'],
        ['b', null],
      ]),
    )
    const since = of.changedSince(first.version)
    expect(since.keys).toEqual(new Set(['a', 'd', 'b']))
    expect(of.changedSince(since.version).keys).toEqual(new Set())
  })
  it('after everything was put in place of everything, or too many patches, all of them', () => {
    const of = shelf('a')
    const { version } = of.changedSince(null)
    of.replace(new Map([['b', 'b']]))
    of.patch(new Map([['b', 'new']]))
    expect(of.changedSince(version).keys).toBeNull()
    const later = of.changedSince(null)
    for (let n = 0; n < 100; n++) of.patch(new Map([['b', String(n)]]))
    expect(of.changedSince(later.version).keys).toBeNull()
    expect(of.changedSince(later.version + 99).keys).toEqual(new Set(['b']))
  })
})

describe('what hears of a change', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => `entry ${n}`)
  const all = (value: string): ReadonlyMap<string, string> => new Map(many.map((key) => [key, value]))

  function heard() {
    const waiting: (() => void)[] = []
    const of = new Shelf<string>((call) => void waiting.push(call))
    of.replace(all('first'))
    for (const call of waiting.splice(0)) call()
    const seen: Record<string, unknown> = {}
    createRoot(() => {
      createEffect(() => void (seen['picture'] = of.changedSince(null) && of.get('entry 1')))
      createEffect(() => void (seen['entry 1'] = of.get('entry 1')))
      createEffect(() => void (seen['entry 2'] = of.get('entry 2')))
      createEffect(() => void (seen['late'] = of.get('late')))
      createEffect(() => void (seen['keys'] = of.keys().length))
      createEffect(() => void (seen['all'] = of.all().length))
    })
    return { of, seen, waiting }
  }

  it('[W106] whoever listens to an entry, and nobody else', () => {
    const { of, seen } = heard()
    seen['entry 2'] = 'not told again'
    of.patch(new Map([['entry 1', 'second']]))
    expect(seen).toMatchObject({ 'entry 1': 'second', 'entry 2': 'not told again', keys: 1_000 })
    of.patch(
      new Map<string, string | null>([
        ['late', 'here'],
        ['entry 1', null],
        ['entry 3', null],
      ]),
    )
    expect(seen).toEqual({
      picture: undefined,
      'entry 1': undefined,
      'entry 2': 'not told again',
      late: 'here',
      keys: 999,
      all: 999,
    })
  })
  it('[W140] of a leap the picture at once and all others when it is painted, once and as it is then', () => {
    const { of, seen, waiting } = heard()
    of.patch(all('second'))
    expect(seen).toMatchObject({ picture: 'second', 'entry 1': 'first', all: 1_000 })
    of.patch(new Map(many.map((key) => [key, null])))
    expect(seen).toMatchObject({ picture: undefined, 'entry 1': 'first', all: 1_000 })
    expect(waiting).toHaveLength(1)
    waiting[0]?.()
    expect(seen).toMatchObject({ 'entry 1': undefined, 'entry 2': undefined, keys: 0, all: 0 })
  })
})
