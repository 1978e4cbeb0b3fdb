/**
 * A plane between voxels as a sheet: a pixel for each pixel of the pane's picture, which shows the voxel nearest to it. Voxels are asked for
 * box by box, each around so few pixels that little of it is for nothing.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { add, scale, type Vec3 } from '@consilium/geometry/vec3'
import { pixelOf } from './inverse.ts'
import { blankLike, type Marked } from './marked.ts'
import type { InGrid, MaskPlane } from './maskPlane.ts'
import { common, type Rect } from './rect.ts'
import type { CopyBox, Sheet } from './sheet.ts'

/** Pixels to either side that share a box of voxels. */
const BLOCK = 16

export function obliqueSheet(
  { plane, inGrid }: MaskPlane,
  { size }: Grid,
  width: number,
  height: number,
): Sheet {
  const toPixel = pixelOf(inGrid)
  const boxes = new Map<number, VoxelBox>()
  const boxOf = (x: number, y: number): VoxelBox => {
    const key = y * width + x
    const known = boxes.get(key)
    if (known) return known
    const block = { x0: x, y0: y, x1: Math.min(x + BLOCK, width), y1: Math.min(y + BLOCK, height) }
    const box = voxelsOf(inGrid, size, block)
    boxes.set(key, box)
    return box
  }
  return {
    plane,
    width,
    height,
    copy(from, rect, marks) {
      for (let y = rect.y0 - (rect.y0 % BLOCK); y < rect.y1; y += BLOCK)
        for (let x = rect.x0 - (rect.x0 % BLOCK); x < rect.x1; x += BLOCK) {
          const part = common(rect, { x0: x, y0: y, x1: x + BLOCK, y1: y + BLOCK })
          copyBlock(inGrid, boxOf(x, y), from, part, marks, width)
        }
    },
    rectOf(box) {
      const corners = cornersOf(box).map(toPixel)
      const xs = corners.map(([x]) => x)
      const ys = corners.map(([, y]) => y)
      return {
        x0: Math.max(0, Math.floor(Math.min(...xs))),
        y0: Math.max(0, Math.floor(Math.min(...ys))),
        x1: Math.min(width, Math.ceil(Math.max(...xs)) + 1),
        y1: Math.min(height, Math.ceil(Math.max(...ys)) + 1),
      }
    },
  }
}

/** The box of voxels that the pixels of a block show; one of no size where they show none. */
function voxelsOf({ origin, across, down }: InGrid, size: Grid['size'], block: Rect): VoxelBox {
  const at = (x: number, y: number): Vec3 => add(origin, add(scale(across, x), scale(down, y)))
  const [right, bottom] = [block.x1 - 1, block.y1 - 1]
  const corners = [at(block.x0, block.y0), at(right, block.y0), at(block.x0, bottom), at(right, bottom)]
  const ends = (axis: 0 | 1 | 2): readonly [low: number, high: number] => {
    const places = corners.map((corner) => corner[axis])
    return [
      Math.max(0, Math.round(Math.min(...places))),
      Math.min(size[axis], 1 + Math.round(Math.max(...places))),
    ]
  }
  const [[x0, x1], [y0, y1], [z0, z1]] = [ends(0), ends(1), ends(2)]
  return { x0, x1, y0, y1, z0, z1 }
}

/** Used again and again: a plane asks a thousand times for each segment. */
const scratch: { bytes: Uint8Array; words: Uint32Array } = {
  bytes: new Uint8Array(0),
  words: new Uint32Array(0),
}

/** So many marks of the same kind, all 0, until the next call. */
function scratchLike<Of extends Marked>(marks: Of, count: number): Of {
  const key = marks instanceof Uint8Array ? 'bytes' : 'words'
  if (scratch[key].length < count)
    scratch[key] = blankLike(scratch[key], 2 * count) as Uint8Array & Uint32Array
  return scratch[key].subarray(0, count).fill(0) as Of
}

function copyBlock<Of extends Marked>(
  { origin, across, down }: InGrid,
  box: VoxelBox,
  from: CopyBox<Of>,
  block: Rect,
  marks: Of,
  width: number,
): void {
  const [columns, rows, slices] = [box.x1 - box.x0, box.y1 - box.y0, box.z1 - box.z0]
  if (columns <= 0 || rows <= 0 || slices <= 0) return
  const part = scratchLike(marks, columns * rows * slices)
  from(box, part)
  if (isBlank(part)) return
  for (let y = block.y0; y < block.y1; y++)
    for (let x = block.x0; x < block.x1; x++) {
      const i = Math.round(origin[0] + across[0] * x + down[0] * y) - box.x0
      const j = Math.round(origin[1] + across[1] * x + down[1] * y) - box.y0
      const k = Math.round(origin[2] + across[2] * x + down[2] * y) - box.z0
      const isInside = i >= 0 && j >= 0 && k >= 0 && i < columns && j < rows && k < slices
      const mark = isInside ? (part[(k * rows + j) * columns + i] as number) : 0
      if (mark !== 0) marks[y * width + x] = mark
    }
}

const isBlank = (part: Marked): boolean =>
  part instanceof Uint8Array ? !part.includes(1) : part.every((mark) => mark === 0)

/** Outer corners of its outermost voxels. */
const cornersOf = ({ x0, x1, y0, y1, z0, z1 }: VoxelBox): Vec3[] =>
  [x0, x1].flatMap((x) => [y0, y1].flatMap((y) => [z0, z1].map((z): Vec3 => [x - 0.5, y - 0.5, z - 0.5])))
