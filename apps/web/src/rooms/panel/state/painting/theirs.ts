/** Strokes that others are making on this series, as the stage shows them. */
import type { Grid } from '@consilium/geometry/raster/grid'
import type { ScenePaintDraft } from '@consilium/viewer/scene'
import { personColour } from '../../../../parts/colours.ts'
import { heardStroke } from '../../../../session/masks/strokes.ts'
import type { Peer } from '../../../../session/presence.ts'
import type { SegmentRow } from './segments.ts'

export const peerStrokes = (
  peers: readonly Peer[],
  series: string | null,
  grid: Grid,
  segments: readonly SegmentRow[],
): ScenePaintDraft[] =>
  peers.flatMap(({ client, user, stroke }): ScenePaintDraft[] => {
    const into = stroke && segments.find(({ id }) => id === stroke.segment)
    if (!into || stroke.series !== series || into.isHidden) return []
    const painted = heardStroke(stroke, grid)
    return painted
      ? [{ ...painted, id: `stroke-${client}`, colour: into.colour, by: personColour(user.colour) }]
      : []
  })
