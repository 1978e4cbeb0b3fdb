/**
 * Operations on the chosen segment: asked for on the page, worked out beside it, and written as one act group, so that one undo takes them
 * back. They start from what is painted when they are asked for; only what differs is painted and erased, so that what others do meanwhile
 * stays, and whoever asked is told of it.
 */
import { paint as paintAct } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import type { Seed, ShownSlices } from '@consilium/viewer/scene'
import type { SeriesFrames } from '@consilium/viewer/series'
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { pageTurns } from '../../../session/masks/canvas.ts'
import { inWorker } from '../../../session/masks/operations/inWorker.ts'
import { type Change, type Operation, OperationFault } from '../../../session/masks/operations/job.ts'
import { rowsOf } from '../../../session/masks/operations/reading.ts'
import { pictureAt } from '../../../session/masks/operations/values.ts'
import type { Desk } from '../state/desk.ts'
import type { Brush, ValueRange } from '../state/painting/brush.ts'
import type { Canvases } from '../state/painting/canvases.ts'
import { draftsOf } from '../state/painting/mine.ts'
import type { SegmentRow } from '../state/painting/segments.ts'
import { type Asked, doingOf, doneWords } from './asked.ts'
import { createGrowth, type Growth } from './growth.ts'
import { computedBoxes, overlaid } from './pending.ts'
import { createRunning, type Worker } from './running.ts'

/** Computed, and not confirmed yet. */
export interface Pending {
  readonly segment: EntryKey
  readonly title: string
  readonly change: Change
  /** Hatched on the picture. */
  readonly boxes: readonly VoxelBox[]
  readonly copy: (box: VoxelBox, target: Uint8Array, label: number) => void
}

export interface Operations extends Pick<Worker, 'running' | 'cancel' | 'during'> {
  readonly growth: Growth
  /** Of the chosen segment. */
  readonly start: (asked: Asked) => void
  /** A tool was set down that finds out for itself how far it goes. */
  readonly seed: (seed: Seed) => void
  readonly pending: Accessor<Pending | null>
  readonly confirm: () => void
  readonly letGo: () => void
}

export interface OperationParts extends Pick<Desk, 'act' | 'setNote' | 'announce'> {
  readonly grid: Accessor<Grid | null>
  readonly canvases: Canvases
  readonly segments: Accessor<readonly SegmentRow[]>
  readonly chosen: Accessor<SegmentRow | null>
  /** Why nothing can be painted in a segment; null where it can. */
  readonly faultIn: (segment: SegmentRow | null) => string | null
  readonly brush: Brush
  readonly frames: Accessor<SeriesFrames | null>
  /** In view, as it was taken. */
  readonly frame: () => number
  readonly slices: () => ShownSlices | null
  /** So many slices on, in the pane that is worked in. */
  readonly step: (by: 1 | -1) => void
  /** Of the threshold brush. */
  readonly range: () => ValueRange
  /** Values that the window shows, from black to white. */
  readonly windowWidth: () => number | null
}

/** Acts of one group: together they stay well below what is sent at once. */
const MOST_ACTS = 256

export function createOperations(parts: OperationParts): Operations {
  const { grid, canvases, segments, chosen, faultIn, brush } = parts
  const say = (sentence: string): void => void parts.setNote(sentence)
  const { running, cancel, during } = createRunning(say)
  const growth = createGrowth(parts.windowWidth)
  const [pending, setPending] = createSignal<Pending | null>(null)
  // It was computed for voxels that are not there any more.
  createEffect(on(canvases.live, () => setPending(null), { defer: true }))

  const write = (id: EntryKey, change: Change, doing: string): void => {
    const engine = canvases.live()?.canvas.engine
    const into = segments().find((segment) => segment.id === id)
    const denied = into ? faultIn(into) : 'This segment is not here any more.'
    if (denied !== null || !into || !engine) return say(denied ?? NOT_HERE)
    const giving = brush.exclusive() ? segments() : []
    const drafts = [
      ...change.paint.flatMap((shape) => draftsOf({ segment: into.id, value: 1, shape }, giving, engine)),
      ...change.erase.map((shape) => ({ segment: into.id, value: 0 as const, shape })),
    ].map((draft) => ({ ...draft, isCut: true }))
    if (drafts.length > MOST_ACTS)
      return say('That is too finely cut to be kept at once. Smooth it, or take less of it.')
    if (parts.act(paintAct, engine.grid, drafts, doing) !== undefined)
      parts.announce(doneWords(change, into.title))
  }

  /** What an operation comes to goes to `then`, unless it was given up. */
  const work = (
    doing: string,
    operation: (signal: AbortSignal) => Promise<Operation>,
    then: (into: SegmentRow, change: Change) => void,
  ): void => {
    const [into, on, masks, denied] = [chosen(), grid(), canvases.live(), faultIn(chosen())]
    if (denied !== null || !into || !on || !masks) return say(denied ?? NOT_HERE)
    const { canvas } = masks
    void during(doing, async (followed) => {
      const asked = await operation(followed.signal)
      const rows = await rowsOf(canvas, into.id, pageTurns, followed.signal)
      let isOvertaken = false
      const stop = canvas.dirty.on(({ segment }) => {
        isOvertaken ||= segment === into.id
      })
      try {
        const job = { job: 'change', grid: on, rows, operation: asked } as const
        const change = await inWorker(job, { ...followed, transfer: [rows.buffer] })
        if (canvases.live() !== masks) throw new OperationFault(NOT_HERE)
        then(into, change)
      } finally {
        stop()
      }
      if (isOvertaken)
        say(`${into.title} was painted in while this was worked out; that stays, and was not reckoned with.`)
    })
  }

  const operationOf = async (asked: Asked, signal: AbortSignal): Promise<Operation> => {
    switch (asked.what) {
      case 'between':
        return { what: 'between', axis: parts.slices()?.axis ?? 2 }
      case 'copy': {
        const shown = parts.slices()
        if (!shown)
          throw new OperationFault('An oblique plane has no slices to copy. Turn to another plane first.')
        const to = shown[asked.to]
        if (to === null) throw new OperationFault(`There is no ${asked.to} slice.`)
        return { what: 'copy', axis: shown.axis, from: shown.index, to }
      }
      case 'combine': {
        const canvas = canvases.live()?.canvas
        if (!canvas) throw new OperationFault(NOT_HERE)
        return {
          what: 'combine',
          how: asked.how,
          other: await rowsOf(canvas, asked.other, pageTurns, signal),
        }
      }
      default:
        return asked
    }
  }

  const start = (asked: Asked): void => {
    const into = chosen()?.title ?? ''
    const other =
      asked.what === 'combine' ? segments().find(({ id }) => id === asked.other)?.title : undefined
    const doing = doingOf(asked, into, other)
    const axis = parts.slices()?.axis ?? 2
    work(
      doing,
      (signal) => operationOf(asked, signal),
      (row, change) => {
        const on = grid()
        if (asked.what === 'between' && on)
          return void setPending({
            segment: row.id,
            title: row.title,
            change,
            boxes: computedBoxes(change.paint, axis, on),
            copy: overlaid(change.paint, on),
          })
        write(row.id, change, doing)
        if (asked.what === 'copy') parts.step(asked.to === 'next' ? 1 : -1)
      },
    )
  }

  const seed = ({ tool, value, voxel: [x, y, z], slice }: Seed): void => {
    const row = chosen()
    const within = brush.ball() ? null : slice
    if (!brush.ball() && !slice) return say('In an oblique plane this works in 3D only.')
    const place = { at: { x, y, z }, value, within }
    const doing = `${tool === 'fill' ? 'filling' : 'growing'} ${value === 1 ? 'in' : 'out of'} ${row?.title ?? ''}, slice ${z + 1}`
    const operation = async (): Promise<Operation> => {
      if (tool === 'fill') return { what: 'fill', ...place }
      const frames = parts.frames()
      if (!frames) throw new OperationFault(NOT_HERE)
      const { tolerance, isLimited } = growth
      const range = isLimited() ? parts.range() : null
      return {
        what: 'grow',
        ...place,
        picture: pictureAt(frames, parts.frame(), within),
        tolerance: tolerance(),
        range,
      }
    }
    work(doing, operation, (into, change) => write(into.id, change, doing))
  }

  return {
    running,
    cancel,
    during,
    growth,
    start,
    seed,
    pending,
    confirm: () => {
      const now = pending()
      setPending(null)
      if (now) write(now.segment, now.change, doingOf({ what: 'between' }, now.title))
    },
    letGo: () => void setPending(null),
  }
}

const NOT_HERE = 'The series is not here any more.'
