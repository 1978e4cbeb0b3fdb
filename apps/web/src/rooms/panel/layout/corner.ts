/** The lines at the top left of the picture: which case and series it is, never who. */

import type { Series } from '@consilium/contract/studies'
import { isPlaced } from '@consilium/imaging/hung'
import { count, mm } from '../../../format.ts'
import type { Desk } from '../state/desk.ts'

export function cornerLines({ kase, series, prior: beside }: Desk, current: Series | null): string[] {
  if (!current) return [kase.key]
  const spacing = current.spacing.slice
  const part = current.bodyPart === '' ? '' : ` ${current.bodyPart.toLowerCase()}`
  const mates = series.mates(current.id)
  const place = mates.length > 1 ? `Series ${mates.indexOf(current) + 1} of ${mates.length}` : ''
  const prior = series.isPrior(current.id) ? beside.prior() : null
  const days = prior?.days ?? null
  const earlier = days === null ? '' : `${count(days, 'day')} earlier`
  const thickness = spacing === null || !isPlaced(current) ? '' : mm(spacing)
  const lossy = current.lossy ? 'Lossy' : ''
  return [
    [prior ? `Prior ${prior.key}` : kase.key, `${current.modality}${part}`.trim()]
      .filter(Boolean)
      .join(' · '),
    [earlier, place, thickness, lossy].filter(Boolean).join(' · '),
  ].filter(Boolean)
}
