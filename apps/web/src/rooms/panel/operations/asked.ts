/**
 * What can be asked of a segment as a whole, and what each is called: on the button, while it goes on, and after "Undo". Pure.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { count } from '../../../format.ts'
import type { Change } from '../../../session/masks/operations/job.ts'

export type Asked =
  | { readonly what: 'between' }
  | { readonly what: 'margin'; readonly mm: number }
  | { readonly what: 'smooth'; readonly mm: number }
  | { readonly what: 'largest' }
  | { readonly what: 'islands'; readonly mm3: number }
  | { readonly what: 'copy'; readonly to: 'next' | 'previous' }
  | { readonly what: 'combine'; readonly how: Combining; readonly other: EntryKey }

/** With another segment. */
export const COMBINING = ['union', 'intersection', 'difference'] as const
export type Combining = (typeof COMBINING)[number]

/** "Undo smoothing of Nodule 1 by 2 mm". `other`: the segment that it is combined with. */
export function doingOf(asked: Asked, segment: string, other = ''): string {
  switch (asked.what) {
    case 'between':
      return `filling between slices of ${segment}`
    case 'margin':
      return `${asked.mm > 0 ? 'growing' : 'shrinking'} of ${segment} by ${Math.abs(asked.mm)} mm`
    case 'smooth':
      return `smoothing of ${segment} by ${asked.mm} mm`
    case 'largest':
      return `keeping the largest part of ${segment}`
    case 'islands':
      return `removing small parts of ${segment}`
    case 'copy':
      return `copying to the ${asked.to} slice of ${segment}`
    case 'combine':
      return COMBINED[asked.how](segment, other)
  }
}

const COMBINED: Readonly<Record<Combining, (segment: string, other: string) => string>> = {
  union: (segment, other) => `adding ${other} to ${segment}`,
  intersection: (segment, other) => `keeping of ${segment} what lies in ${other}`,
  difference: (segment, other) => `taking ${other} from ${segment}`,
}

/** "Filled 307 voxels of Nodule 1." */
export function doneWords({ painted, erased }: Change, segment: string): string {
  const parts = [
    ...(painted > 0 ? [`filled ${count(painted, 'voxel')}`] : []),
    ...(erased > 0 ? [`cleared ${count(erased, 'voxel')}`] : []),
  ].join(' and ')
  return `${parts.slice(0, 1).toUpperCase()}${parts.slice(1)} of ${segment}.`
}
