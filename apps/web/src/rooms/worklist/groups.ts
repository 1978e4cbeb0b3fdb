/** How the cases of a project are sorted into groups, found by a search, and walked through. Pure; the table draws what this says. */
import type { Case } from '@consilium/contract/projects'

export interface Group {
  readonly key: 'open' | 'reading' | 'settled'
  /** The first group needs no heading. */
  readonly title: string | null
  readonly cases: readonly Case[]
}

const byKey = (a: Case, b: Case): number => a.key.localeCompare(b.key, 'en', { numeric: true })

/** Where somebody is now comes first, then where they disagree most. */
const byUrgency = (a: Case, b: Case): number =>
  Number(b.here.length > 0) - Number(a.here.length > 0) || b.openDisputes - a.openDisputes || byKey(a, b)

export function grouped(cases: readonly Case[]): readonly Group[] {
  const of = (...phases: readonly Case['phase'][]) => cases.filter((one) => phases.includes(one.phase))
  const all: readonly Group[] = [
    { key: 'open', title: null, cases: of('panel', 'new').toSorted(byUrgency) },
    { key: 'reading', title: 'Still being read', cases: of('reading').toSorted(byKey) },
    { key: 'settled', title: 'Decided or signed', cases: of('decided', 'signed').toSorted(byKey) },
  ]
  return all.filter((group) => group.cases.length > 0)
}

/** Case key, study or person: every word typed must be found somewhere, whatever its case and accents. */
export function found(cases: readonly Case[], search: string): readonly Case[] {
  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return cases
  return cases.filter((one) => {
    const text = plain([one.key, one.title, one.phase, ...one.here.map((person) => person.name)].join(' '))
    return words.every((word) => text.includes(word))
  })
}

/** Row to go to from `current` by `step`; stays at the ends, and begins at the first where nothing is chosen. */
export function neighbour(ids: readonly string[], current: string | null, step: number): string | null {
  const at = current === null ? -1 : ids.indexOf(current)
  if (at === -1) return ids[0] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null
}
