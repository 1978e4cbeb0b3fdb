/** The masks of the series in view as the stage shows them: of now or of then, with what was computed and nobody has confirmed yet. */
import type { MaskView } from '@consilium/viewer/masks'
import { type Accessor, createMemo } from 'solid-js'
import { labelColour, personColour } from '../../../../parts/colours.ts'
import type { Pending } from '../../operations/operations.ts'
import type { Desk } from '../desk.ts'
import type { Canvases } from './canvases.ts'
import type { SegmentRow } from './segments.ts'

interface ShownParts extends Pick<Desk, 'document' | 'me'> {
  readonly series: () => string | null
  readonly canvases: Canvases
  readonly segments: Accessor<readonly SegmentRow[]>
  readonly byReader: Accessor<boolean>
  readonly pending: () => Pending | null
}

/** As much of a segment as the stage draws it by. */
export const seen = ({ id, colour, opacity, isHidden }: SegmentRow): MaskView['segments'][number] => ({
  id,
  colour,
  opacity,
  visible: !isHidden,
})

/** Another one only where something is another than voxels: with it everything is drawn anew. */
export function createShown(parts: ShownParts): Accessor<MaskView | null> {
  const { document, me, series, canvases, segments, byReader } = parts
  const readerColour = (client: number): string => {
    const known = document.authors.byClient(client)
    return known ? personColour(known.colour) : labelColour(undefined)
  }
  return createMemo((): MaskView | null => {
    const canvas = canvases.shown()
    const on = series()
    if (!canvas || on === null) return null
    const { engine, dirty } = canvas
    // Colours of people are learned by and by.
    if (byReader()) document.colourOf(me.id)
    const pending = parts.pending()
    return {
      series: on,
      grid: engine.grid,
      segments: segments().map((segment) => ({
        ...seen(segment),
        ...(pending?.segment === segment.id ? { computed: pending.boxes } : {}),
      })),
      copyBox: (segment, box, target, label) => {
        engine.copyBox(segment, box, target, label)
        if (pending?.segment === segment) pending.copy(box, target, label)
      },
      readers: byReader()
        ? {
            authorsOfBox: (segment, box, target) => engine.authorsOfBox(segment, box, target),
            colourOf: readerColour,
          }
        : null,
      onDirty: (listener) => dirty.on(({ box, segment }) => listener(box, segment)),
    }
  })
}
