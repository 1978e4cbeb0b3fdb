/** What the 3D pane is given of the segments on the series in view: those of now, or of the moment shown. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { SegmentVoxels, VolumeSegment } from '@consilium/viewer/volume-segments'
import { type Accessor, createMemo } from 'solid-js'
import type { Desk } from '../state/desk.ts'

export interface SegmentsIn3d {
  readonly voxels: Accessor<SegmentVoxels | null>
  readonly list: Accessor<readonly VolumeSegment[]>
}

export function createSegmentsIn3d({ painting }: Desk): SegmentsIn3d {
  const { canvases, missing, segments } = painting
  // Another one with another canvas only: the surfaces that were made are of this one.
  const voxels = createMemo((): SegmentVoxels | null => {
    const canvas = canvases.shown()
    if (!canvas || missing() > 0) return null
    const { engine, settled } = canvas
    return {
      grid: engine.grid,
      slices: (segment) => engine.statistics(segment as EntryKey)?.slices.voxels ?? null,
      copyBox: (segment, box, target, label) => engine.copyBox(segment as EntryKey, box, target, label),
      onCounted: (listener) => settled.on(listener),
    }
  })
  const list = createMemo(() =>
    segments().map(({ id, title, colour, opacity, isHidden }) => ({
      id,
      title,
      colour,
      // A film over the picture is thin; a surface of it would be hardly there.
      opacity: Math.min(1, opacity + SURFACE_MORE),
      visible: !isHidden,
    })),
  )
  return { voxels, list }
}

const SURFACE_MORE = 0.35
