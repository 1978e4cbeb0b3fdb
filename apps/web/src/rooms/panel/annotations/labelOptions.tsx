/** The labels of the case to choose from, and the one that an annotation has where that is none of them any more. */
import { Swatch } from '../../../parts/Swatch.tsx'
import type { Desk } from '../state/desk.ts'

export function labelOptions({ kase, labelTitle }: Pick<Desk, 'kase' | 'labelTitle'>, own: string) {
  const known = kase.labels.map((label) => ({
    value: label.key,
    title: label.title,
    before: () => <Swatch colour={label.colour} />,
  }))
  return known.some(({ value }) => value === own)
    ? known
    : [...known, { value: own, title: labelTitle(own), before: () => <Swatch colour={undefined} /> }]
}
