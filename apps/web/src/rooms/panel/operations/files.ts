/** Masks as files: the segments of the series in view go out, and a volume of labels on its grid comes in, as one act. */
import type { Series } from '@consilium/contract/studies'
import { bringMasks } from '@consilium/crdt-schema/acts'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Accessor } from 'solid-js'
import { count } from '../../../format.ts'
import { pageTurns } from '../../../session/masks/canvas.ts'
import type { ReadLabel } from '../../../session/masks/operations/exchange.ts'
import { inWorker } from '../../../session/masks/operations/inWorker.ts'
import { OperationFault } from '../../../session/masks/operations/job.ts'
import { rowsOf } from '../../../session/masks/operations/reading.ts'
import type { Desk } from '../state/desk.ts'
import type { Canvases } from '../state/painting/canvases.ts'
import type { SegmentRow } from '../state/painting/segments.ts'
import { handOut } from './handOut.ts'
import type { Operations } from './operations.ts'

export interface MaskFiles {
  /** One file of labels, as far as that can be, or a file for each. */
  readonly save: (apart: boolean) => void
  readonly bring: (file: File) => void
}

type Proposed = { readonly label: string; readonly name: string; readonly colour: string }
type Taken = Pick<SegmentRow, 'title' | 'colour'>

interface FileParts extends Pick<Desk, 'act' | 'setNote' | 'announce'> {
  readonly grid: Accessor<Grid | null>
  readonly canvases: Canvases
  readonly segments: Accessor<readonly SegmentRow[]>
  readonly series: Accessor<Series | null>
  readonly operations: Pick<Operations, 'during'>
  /** Of files that go out. */
  readonly name: () => string
  /** Of segments that come in. */
  readonly label: Accessor<string>
  /** In view, as it was taken. */
  readonly frame: () => number
  readonly proposed: (label: string, taken: readonly Taken[]) => Proposed
}

/** What a file of labels comes to, packed: more is no mask that a page could work with. */
const MOST_BYTES = 512 * 2 ** 20

export function createMaskFiles(parts: FileParts): MaskFiles {
  const { grid, canvases, segments, series, operations } = parts

  const save = (apart: boolean): void => {
    const [current, canvas] = [series(), canvases.live()?.canvas]
    if (!current || !canvas) return
    void operations.during('writing of masks', async (followed) => {
      const written = []
      for (const { id, title, colour } of segments()) {
        const rows = await rowsOf(canvas, id, pageTurns, followed.signal)
        written.push({ name: title, colour, runs: { shape: 'runs', rows } as const })
      }
      const job = {
        job: 'write',
        series: geometryOf(current),
        segments: written,
        name: parts.name(),
        apart,
      } as const
      const { files, notes } = await inWorker(job, followed)
      handOut(files)
      if (notes.length > 0) parts.setNote(notes.join(' '))
      parts.announce(`${count(files.length, 'file')} saved.`)
    })
  }

  const bring = (file: File): void => {
    const [current, on] = [series(), grid()]
    if (!current || !on) return
    void operations.during(`reading of ${file.name}`, async (followed) => {
      if (file.size > MOST_BYTES) throw new OperationFault('The file is too large for a mask.')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const job = { job: 'read', bytes, series: geometryOf(current), grid: on } as const
      const labels = await inWorker(job, { ...followed, transfer: [bytes.buffer] })
      if (series() !== current)
        throw new OperationFault('Another series is in view by now. Choose the file again.')
      if (labels.length === 0)
        throw new OperationFault('Nothing is painted in that file: all of its voxels are 0.')
      take(labels, current, on)
    })
  }

  const take = (labels: readonly ReadLabel[], { id, slices, direction }: Series, on: Grid): void => {
    const moment = Math.floor(parts.frame() / slices)
    const normal = direction.slice(6, 9) as [number, number, number]
    const taken: Taken[] = [...segments()]
    const masks = labels.map(({ value, parts: shapes }) => {
      const { name: free, ...rest } = parts.proposed(parts.label(), taken)
      const name = labels.length === 1 ? free : `Label ${value}`
      taken.push({ title: name, colour: rest.colour })
      const source = { series: id, frame: moment * slices + firstSlice(shapes), normal }
      return { segment: { kind: 'segment', ...rest, name, source, points: [] } as const, shapes, isCut: true }
    })
    const made = parts.act(bringMasks, on, masks, `bringing in ${count(masks.length, 'mask')}`)
    const voxels = labels.reduce((sum, label) => sum + label.voxels, 0)
    if (made) parts.announce(`${count(made.length, 'segment')} with ${count(voxels, 'voxel')} brought in.`)
  }
  return { save, bring }
}

/** What a file needs to know of it, as plain values: what the page watches for changes cannot be sent. */
const geometryOf = ({ rows, columns, spacing, direction, positions, frameOfReference }: Series) => ({
  rows,
  columns,
  spacing: { row: spacing.row, column: spacing.column, slice: spacing.slice },
  direction: [...direction],
  positions: positions.map((position) => [...position]),
  frameOfReference,
})

const firstSlice = ([first]: ReadLabel['parts']): number =>
  first?.shape === 'runs' ? (first.rows[0] ?? 0) : 0
