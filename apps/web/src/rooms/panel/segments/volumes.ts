/** How large a segment is, in words. Pure. */
import { count, number, trimmed, withUnit } from '../../../format.ts'
import type { Statistics } from '../state/painting/canvases.ts'

/** "1.49 mL · 1 490 mm³"; while it is being counted an ellipsis. */
export function volumeWords(counts: Statistics | null): string {
  if (!counts) return '…'
  if (counts.voxels === 0) return 'Empty'
  return `${withUnit(mlFigure(counts.volumeMl), 'mL')} · ${withUnit(number(counts.volumeMl * 1_000), 'mm³')}`
}

/** Three figures, or what small ones need to differ from nothing. */
export const mlFigure = (ml: number): string =>
  ml >= 100 ? number(ml) : ml >= 10 ? number(ml, 1) : ml >= 0.1 ? number(ml, 2) : trimmed(ml, 4)

export const voxelWords = (counts: Statistics | null): string => (counts ? count(counts.voxels, 'voxel') : '')

/** The slice that has the most of it, from 0, and its area; null where it is empty. */
export function largestSlice(
  counts: Statistics,
): { readonly slice: number; readonly areaMm2: number } | null {
  const { voxels } = counts.slices
  let slice = 0
  for (let z = 1; z < voxels.length; z++) if ((voxels[z] ?? 0) > (voxels[slice] ?? 0)) slice = z
  return voxels[slice] ? { slice, areaMm2: counts.slices.areaMm2(slice) } : null
}

/** The slices from the first to the last that has some of it; null where it is empty. */
export function extentOf({ slices }: Statistics): readonly [number, number] | null {
  const first = slices.voxels.findIndex((n) => n > 0)
  return first < 0 ? null : [first, slices.voxels.findLastIndex((n) => n > 0)]
}
