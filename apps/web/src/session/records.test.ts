import { describe, expect, it } from 'vitest'
import { Shelf } from './records.ts'

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
