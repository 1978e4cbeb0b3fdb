/** What a series keeps of its files and what was left behind, by the names of attributes; values of what was left out are nowhere. Pure. */
import type { Series } from '@consilium/contract/studies'
import { attributeName, inReadingOrder } from '../import/seriesText.ts'

export type Fate = 'removed' | 'replaced' | 'kept'

export interface Named {
  readonly keyword: string
  /** As people read it. */
  readonly title: string
  readonly fate: Fate
}

export interface Group {
  readonly title: string
  readonly names: readonly Named[]
}

const REPLACED = ' (replaced)'

/** In this order; the first that takes a name has it. */
const REMOVED: readonly (readonly [title: string, takes: (keyword: string) => boolean])[] = [
  ['Removed: the patient', (keyword) => keyword.includes('Patient')],
  ['Removed: private attributes', (keyword) => keyword.startsWith('Private attributes')],
  ['Removed: overlays and curves', (keyword) => /^(Overlay|Curve) \(/.test(keyword)],
  ['Removed: dates and times', (keyword) => /(Date|Time|DateTime)$/.test(keyword)],
  ['Removed: others', () => true],
]

/** Groups in which something answers to `search`: by the name people read, or by the keyword of the standard. */
export function accountOf(series: Pick<Series, 'kept' | 'dropped'>, search: string): readonly Group[] {
  const wanted = search.trim().toLowerCase()
  const groups = new Map<string, Named[]>(REMOVED.map(([title]) => [title, []]))
  for (const keyword of inReadingOrder(series.dropped)) {
    const [title] = REMOVED.find(([, takes]) => takes(keyword)) ?? ['']
    groups.get(title)?.push({ keyword, title: attributeName(keyword), fate: 'removed' })
  }
  const replaced: Named[] = []
  const kept: Named[] = []
  for (const name of inReadingOrder(series.kept)) {
    const keyword = name.replace(REPLACED, '')
    const isReplaced = keyword !== name
    const one: Named = { keyword, title: attributeName(keyword), fate: isReplaced ? 'replaced' : 'kept' }
    ;(isReplaced ? replaced : kept).push(one)
  }
  return [
    ...[...groups].map(([title, names]) => ({ title, names })),
    { title: 'Replaced: unique identifiers', names: replaced },
    { title: 'Kept', names: kept },
  ]
    .map(({ title, names }) => ({
      title,
      names: names.filter((one) => `${one.title}\n${one.keyword}`.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.names.length > 0)
}
