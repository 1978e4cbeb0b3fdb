/** Two regions to one, and what has to be painted and erased to make one of the other. */
import type { VoxelBox } from '../raster/grid.ts'
import type { Runs } from '../raster/shape.ts'
import { clipped, joined } from './box.ts'
import { type Region, runsOf, within } from './region.ts'

export const COMBINATIONS = ['union', 'intersection', 'difference', 'either'] as const
/** `difference` is what is in the first and not in the second, `either` what is in exactly one. */
export type Combination = (typeof COMBINATIONS)[number]

export function combined(a: Region, b: Region, how: Combination): Region {
  const box = boxFor(a.box, b.box, how)
  const out = within(a, box)
  const other = within(b, box).bits
  const { bits } = out
  switch (how) {
    case 'union':
      for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) | (other[i] as number)
      break
    case 'intersection':
      for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) & (other[i] as number)
      break
    case 'difference':
      for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) & ~(other[i] as number)
      break
    case 'either':
      for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] as number) ^ (other[i] as number)
      break
  }
  return out
}

function boxFor(a: VoxelBox, b: VoxelBox, how: Combination): VoxelBox {
  if (how === 'intersection') return clipped(a, b)
  return how === 'difference' ? a : joined(a, b)
}

/** The acts that make `after` of `before`: rows to paint and rows to erase, either of which may be none. */
export const changeBetween = (
  before: Region,
  after: Region,
): { readonly paint: Runs; readonly erase: Runs } => ({
  paint: runsOf(combined(after, before, 'difference')),
  erase: runsOf(combined(before, after, 'difference')),
})
