/** The masks of a series that stands beside the one painted in: shown as they are, in the colours of their segments. */
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import type { MaskView } from '@consilium/viewer/masks'
import { type Accessor, createMemo } from 'solid-js'
import type { SeriesState } from '../series.ts'
import { type CanvasParts, createCanvases } from './canvases.ts'
import { createSegments, type SegmentParts } from './segments.ts'
import { seen } from './shown.ts'

type Shared = Omit<CanvasParts, 'series' | 'grid'> & Omit<SegmentParts, 'series'>

/** For as long as the owner of the caller is there. */
export function createBeside(
  list: SeriesState['list'],
  id: string,
  shared: Shared,
): Accessor<MaskView | null> {
  const series = (): string => id
  const found = list.find((one) => one.id === id)
  const grid = found ? gridOfSeries(found) : null
  const segments = createSegments({ ...shared, series })
  const canvases = createCanvases({ ...shared, series, grid: () => grid })
  return createMemo((): MaskView | null => {
    const canvas = canvases.shown()
    if (!canvas) return null
    const { engine, dirty } = canvas
    return {
      series: id,
      grid: engine.grid,
      segments: segments().map(seen),
      copyBox: (segment, box, target, label) => engine.copyBox(segment, box, target, label),
      readers: null,
      onDirty: (listener) => dirty.on(({ box, segment }) => listener(box, segment)),
    }
  })
}
