/**
 * Planes in any direction: each pixel lies between eight voxels and is mixed of them (trilinear). The pixels are as fine as the finest of
 * the slices' own, so that nothing is lost that was there.
 */
import { axesAcross, mainAxis } from '@consilium/geometry/across'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { add, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Samples } from '@consilium/imaging/samples'
import { rescaledOf, rescaleOf } from '../greys.ts'
import type { SeriesFrames } from '../series.ts'
import type { Outside } from './gather.ts'
import { type Lattice, toVoxel } from './lattice.ts'
import { type Fill, pictureOf, type Sheets, typeOf } from './reformatted.ts'

/** Pixels of a picture to either side: beyond, they become coarser. */
const MOST = 1024

export function sheetsAcross(lattice: Lattice, normal: Vec3): Sheets {
  const axes = axesAcross(normal, lattice)
  const along = normalOf(axes)
  const { axis } = mainAxis(along)
  const forwards = (along[axis] ?? 0) < 0 ? scale(along, -1) : along
  const corners = cornersOf(lattice)
  const span = (way: Vec3): readonly [least: number, most: number] => {
    const places = corners.map((at) => dot(at, way))
    return [Math.min(...places), Math.max(...places)]
  }
  const [left, right] = span(axes.row)
  const [top, bottom] = span(axes.column)
  const [near, far] = span(forwards)
  const finest = Math.min(lattice.columnSpacing, lattice.rowSpacing)
  const spacing = Math.max(finest, (right - left) / MOST, (bottom - top) / MOST)
  const columns = Math.max(1, Math.round((right - left) / spacing))
  const rows = Math.max(1, Math.round((bottom - top) / spacing))
  const places = Math.max(1, Math.round((far - near) / finest))
  const planeAt = (place: number): Plane => ({
    origin: add(
      add(scale(axes.row, left + spacing / 2), scale(axes.column, top + spacing / 2)),
      scale(forwards, near + ((far - near) * (place + 0.5)) / places),
    ),
    row: axes.row,
    column: axes.column,
    columnSpacing: spacing,
    rowSpacing: spacing,
  })
  return {
    planes: [planeAt(0), ...Array.from({ length: places - 1 }, (_, k) => planeAt(k + 1))],
    columns,
    rows,
  }
}

/** Outer corners of the outermost voxels. */
function cornersOf(lattice: Lattice): Vec3[] {
  const { origin, row, column, step, columns, rows, slices } = lattice
  const ends = (count: number): readonly number[] => [-0.5, count - 0.5]
  return ends(columns).flatMap((i) =>
    ends(rows).flatMap((j) =>
      ends(slices).map((k) =>
        add(
          add(origin, scale(step, k)),
          add(scale(row, i * lattice.columnSpacing), scale(column, j * lattice.rowSpacing)),
        ),
      ),
    ),
  )
}

export function fillObliquely(base: SeriesFrames, lattice: Lattice, { planes, columns, rows }: Sheets): Fill {
  const { meta } = base
  const whole = !typeOf(meta).samples.startsWith('float')
  /** Where slopes differ: each slice as what its values mean, made when it is first needed. */
  const meant = new Map<number, Samples>()
  const valuesOf = (frame: number, outside: Outside): Samples | null => {
    const values = base.stored(frame)
    if (!values || meta.rescales === null) return values
    let known = meant.get(frame)
    if (!known) {
      const rescale = rescaleOf(meta, frame)
      known = pictureOf('float32', values.length)
      for (let i = 0; i < values.length; i++) {
        const word = values[i] as number
        known[i] = word === meta.padding ? outside : rescaledOf(word, rescale)
      }
      meant.set(frame, known)
    }
    return known
  }
  return (place, slices, into, outside) => {
    const plane = planes[place] ?? planes[0]
    const from = toVoxel(lattice, plane.origin)
    const step = (way: Vec3, mm: number): Vec3 =>
      subtract(toVoxel(lattice, add(plane.origin, scale(way, mm))), from)
    const across = step(plane.row, plane.columnSpacing)
    const down = step(plane.column, plane.rowSpacing)
    const stack = slices.map((frame) => valuesOf(frame, outside))
    for (let y = 0; y < rows; y++) {
      const start = add(from, scale(down, y))
      mixRow(stack, lattice, start, across, into, y * columns, columns, outside, whole)
    }
  }
}

/** One row of the picture; `x`, `y`, `z` are parts of columns, rows and slices. */
function mixRow(
  stack: readonly (Samples | null)[],
  { columns, rows, slices }: Lattice,
  start: Vec3,
  across: Vec3,
  into: Samples,
  to: number,
  count: number,
  outside: Outside,
  whole: boolean,
): void {
  const [first, last] = insideOf(start, across, [columns, rows, slices], count)
  into.fill(outside, to, to + count)
  const half = whole ? 0.5 : 0
  const [dx, dy, dz] = across
  const [sx, sy, sz] = start
  for (let i = first; i <= last; i++) {
    // In the outer half of an outermost voxel its own value holds.
    const x = within(sx + dx * i, columns - 1)
    const y = within(sy + dy * i, rows - 1)
    const z = within(sz + dz * i, slices - 1)
    const x0 = x | 0
    const y0 = y | 0
    const z0 = z | 0
    const fx = x - x0
    const fy = y - y0
    const fz = z - z0
    const near = stack[z0] as Samples | null
    const far = fz > 0 ? (stack[z0 + 1] as Samples | null) : near
    if (!near || !far) continue
    const at = y0 * columns + x0
    const right = fx > 0 ? 1 : 0
    const below = fy > 0 ? columns : 0
    const a = near[at] as number
    const b = near[at + right] as number
    const c = near[at + below] as number
    const d = near[at + below + right] as number
    const e = far[at] as number
    const f = far[at + right] as number
    const g = far[at + below] as number
    const h = far[at + below + right] as number
    if (a === outside || b === outside || c === outside || d === outside) continue
    if (e === outside || f === outside || g === outside || h === outside) continue
    const upper = a + (b - a) * fx
    const front = upper + (c + (d - c) * fx - upper) * fy
    const top = e + (f - e) * fx
    const back = top + (g + (h - g) * fx - top) * fy
    const value = front + (back - front) * fz + half
    into[to + i] = whole ? Math.floor(value) : value
  }
}

const within = (part: number, last: number): number => (part < 0 ? 0 : part > last ? last : part)

/** The steps of a row that lie within the volume; none where the first is beyond the last. */
function insideOf(
  start: Vec3,
  across: Vec3,
  size: Vec3,
  count: number,
): readonly [first: number, last: number] {
  let [first, last] = [0, count - 1]
  for (let axis = 0; axis < 3; axis++) {
    const from = start[axis] as number
    const step = across[axis] as number
    const [low, high] = [-0.5, (size[axis] as number) - 0.5]
    if (Math.abs(step) < 1e-12) {
      if (from < low || from > high) return [0, -1]
      continue
    }
    const ends = [(low - from) / step, (high - from) / step]
    first = Math.max(first, Math.ceil(Math.min(...ends) - 1e-9))
    last = Math.min(last, Math.floor(Math.max(...ends) + 1e-9))
  }
  return [first, last]
}
