/**
 * What painting takes on the wire and on disk: strokes of sixty points one by one, as they are laid by whoever paints; then a case of forty
 * lesions with its whole history, beside files that hold nothing but its result.
 */
import { constants, deflateRawSync, gzipSync } from 'node:zlib'
import { annotate, paint } from '@consilium/crdt-schema/acts'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { laneKey, lanesOf as lanesIn } from '@consilium/crdt-schema/painting/lanes'
import { wholeGrid } from '@consilium/geometry/raster/grid'
import type { Shape, Stroke } from '@consilium/geometry/raster/shape'
import * as Y from 'yjs'
import { Random } from '../../../faults/fault.ts'
import { type Goal, goal } from '../../goals.ts'
import { type Row, round } from '../../report.ts'
import { bytesOf, lanesOf } from '../lanes.ts'
import { GRID, historyOf, realistic, SCATTER, SEGMENTS } from '../sets.ts'
import { engineOf, type Part } from './part.ts'

const STROKES = 1_000
const LESIONS = 40
const ACTS_PER_LESION = 44
/** Of a frame of a DICOM SEG: its item in the functional groups, as written by common software. */
const SEG_FRAME_HEADER = 420
const NIFTI_HEADER = 352
/** As large as a leased clientID may be. */
const CLIENT = 4_000_000_000

/** A brush of each kind, along the same lines. */
const BRUSHES: readonly (readonly [name: string, most: number, of: (stroke: Stroke) => Shape])[] = [
  ['brush in a slice', 100, (stroke) => stroke],
  ['oblique brush', 120, (stroke) => inSpace(stroke, true)],
  ['ball', 120, (stroke) => inSpace(stroke, false)],
]

const inSpace = ({ points, radiusUm }: Stroke, slab: boolean): Shape => ({
  shape: 'ball',
  slab,
  radiusUm,
  origin: [1024, 1024, 600],
  u: [724, 724, 0],
  v: [-591, 591, 591],
  normal: [577, -577, 816],
  points: points.map((n) => n - 1024),
})

interface Sizes {
  readonly payloads: number[]
  readonly updates: number[]
}

/** Laid into a document one after another, as somebody paints; bytes of the act, and of the update that is sent. */
function sizesOf(make: (stroke: Stroke) => Shape, count: number): Sizes {
  const doc = new Y.Doc()
  doc.clientID = CLIENT
  annotate(doc, {
    kind: 'segment',
    label: 'nodule',
    source: { series: 's1', frame: 0, normal: [0, 0, 1] },
    points: [],
    name: 'Lesions',
    colour: '#e69f00',
  })
  const [segment] = [...doc.getMap('annotations').keys()] as [string]
  const random = new Random(1)
  const next = (): Shape => make(SCATTER.make(random).shape as Stroke)
  // The first act opens the lane and names its segment.
  paint(doc, GRID, [{ segment, value: 1, shape: next() }])
  const updates: number[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update.length))
  for (let n = 0; n < count; n++) paint(doc, GRID, [{ segment, value: 1, shape: next() }])
  const lane = lanesIn(doc).get(laneKey({ client: CLIENT, number: 0 })) as Y.Array<Uint8Array>
  return {
    payloads: lane
      .toArray()
      .slice(-count)
      .map(({ length }) => length),
    updates,
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, n) => sum + n, 0) / values.length

function strokes(share: number): { rows: Row[]; goals: Goal[] } {
  const rows: Row[] = []
  const goals: Goal[] = []
  for (const [name, most, make] of BRUSHES) {
    const { payloads, updates } = sizesOf(make, Math.round(STROKES * share))
    const largest = Math.max(...payloads)
    const largestUpdate = Math.max(...updates)
    rows.push({
      what: `60 points, ${name}`,
      'B, mean': round(mean(payloads), 1),
      most: largest,
      'as an update, mean': round(mean(updates), 1),
      'update, most': largestUpdate,
    })
    goals.push(goal(`60 points, ${name}: bytes at most`, largest, '<=', most))
    if (most === 100) goals.push(goal(`60 points, ${name}: as an update`, largestUpdate, '<=', 115))
  }
  return { rows, goals }
}

/** The document that the acts lie in, each laid by its author in a transaction of its own; and what was sent for them. */
function documentOf(acts: readonly MaskAct[]): { document: Uint8Array; sent: number } {
  const doc = new Y.Doc()
  let sent = 0
  doc.on('update', (update: Uint8Array) => (sent += update.length))
  const numbers = new Map<number, number>()
  for (const { client, elements } of lanesOf(acts)) {
    doc.clientID = client
    const number = numbers.get(client) ?? 0
    numbers.set(client, number + 1)
    const lane = new Y.Array<Uint8Array>()
    lanesIn(doc).set(laneKey({ client, number }), lane)
    for (const element of elements) lane.push([element])
  }
  return { document: Y.encodeStateAsUpdate(doc), sent }
}

/** Each slice of each segment that holds something, a bit per voxel, as a DICOM SEG keeps it. */
function framesOf(acts: readonly MaskAct[]): { frames: Uint8Array[]; labels: Uint8Array } {
  const engine = engineOf(acts)
  const [width, height, depth] = GRID.size
  const labels = new Uint8Array(width * height * depth)
  const frames: Uint8Array[] = []
  for (const [n, segment] of SEGMENTS.entries()) {
    engine.copyBox(segment, wholeGrid(GRID), labels, n + 1)
    for (let z = 0; z < depth; z++) {
      const slice = new Uint8Array(width * height)
      engine.copySlice(segment, 2, z, slice)
      const bits = new Uint8Array(slice.length / 8)
      let any = 0
      for (let i = 0; i < slice.length; i++) {
        bits[i >> 3]! |= (slice[i] as number) << (i & 7)
        any |= slice[i] as number
      }
      if (any !== 0) frames.push(bits)
    }
  }
  return { frames, labels }
}

const kB = (bytes: number): number | null => round(bytes / 1_000, 1)

function lesions(share: number): Row[] {
  const acts = historyOf(realistic(), Math.round(LESIONS * ACTS_PER_LESION * share))
  const { document, sent } = documentOf(acts)
  const { frames, labels } = framesOf(acts)
  const voxels = labels.reduce((count, label) => count + (label > 0 ? 1 : 0), 0)
  const seg = frames.reduce((sum, bits) => sum + bits.length + SEG_FRAME_HEADER, 0)
  const nifti = gzipSync(labels, { level: constants.Z_DEFAULT_COMPRESSION }).length + NIFTI_HEADER
  const row = (what: string, bytes: number): Row => ({ what, kB: kB(bytes) })
  return [
    {
      what: `${LESIONS} lesions, ${acts.length} acts, ${voxels} voxels: in lanes`,
      kB: kB(bytesOf(lanesOf(acts))),
    },
    row('sent, all updates', sent),
    row('document with its whole history', document.length),
    row('the same, gzip', gzipSync(document).length),
    row('the result alone: NIfTI of bytes, gzip', nifti),
    row(`the result alone: DICOM SEG of ${frames.length} frames`, seg),
    row('its pixels, deflated', deflateRawSync(Buffer.concat(frames)).length),
  ]
}

export const bytes: Part = {
  name: 'bytes',
  title: 'd. Bytes',
  run(share) {
    const { rows, goals } = strokes(share)
    return { rows: [...rows, ...lesions(share)], goals }
  },
}
