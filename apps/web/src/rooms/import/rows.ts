/** Which rows the list of files shows: a row per file, archives unfolded into what is in them. Pure. */
import { isSettled, OUTCOMES, type Outcome, outcomesOf, type Sending, type Tally } from './progress.ts'

/** look: what a person should look at; null inside `RowKey` is the file itself. */
export type Filter = 'all' | 'look' | Outcome

/** Of a file, "12"; of the fourth file in it, "12.3". */
export type RowKey = string

const keyOf = (file: number, inside: number | null): RowKey =>
  inside === null ? String(file) : `${file}.${inside}`

export function placeOf(key: RowKey): { readonly file: number; readonly inside: number | null } {
  const [file = '', inside] = key.split('.')
  return { file: Number(file), inside: inside === undefined ? null : Number(inside) }
}

const LOOKS: readonly Outcome[] = ['held', 'refused', 'lost']

/** What a person should look at, and how many. */
export const looksIn = (tally: Tally): number => LOOKS.reduce((sum, one) => sum + tally.outcomes[one], 0)

/** Filters that would show something, with how much. */
export function filtersOf(tally: Tally): readonly { readonly value: Filter; readonly count: number }[] {
  const present = OUTCOMES.filter((outcome) => tally.outcomes[outcome] > 0)
  const looks = looksIn(tally)
  // Where only one kind needs a look, its own name says more.
  const several = present.filter((outcome) => LOOKS.includes(outcome)).length > 1
  return [
    { value: 'all', count: tally.files },
    ...(several ? [{ value: 'look' as const, count: looks }] : []),
    ...present.map((value) => ({ value, count: tally.outcomes[value] })),
  ]
}

/** Where something needs a look, that is shown at first. */
export function firstFilter(tally: Tally): Filter {
  const needing = LOOKS.filter((outcome) => tally.outcomes[outcome] > 0)
  return needing.length > 1 ? 'look' : (needing[0] ?? 'all')
}

export function rowsOf(
  files: readonly Sending[],
  filter: Filter,
  isOpen: (file: number) => boolean,
): readonly RowKey[] {
  const keys: RowKey[] = []
  for (const file of files) {
    if (filter === 'all') {
      keys.push(keyOf(file.id, null))
      if (file.inside.length > 0 && isOpen(file.id))
        file.inside.forEach((_, at) => keys.push(keyOf(file.id, at)))
      continue
    }
    const isMeant = (outcome: Outcome) => (filter === 'look' ? LOOKS.includes(outcome) : outcome === filter)
    if (file.inside.length === 0) {
      if (isSettled(file.state) && isMeant(file.state)) keys.push(keyOf(file.id, null))
    } else
      outcomesOf(file).forEach((outcome, at) => {
        if (isMeant(outcome)) keys.push(keyOf(file.id, at))
      })
  }
  return keys
}
