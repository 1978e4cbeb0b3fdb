/** Both ways in which a header places voxels say the same: a reader that takes the one finds what a reader of the other finds. */
import { cross, normalize, scale, type Vec3 } from '@consilium/geometry/vec3'
import { readNifti } from '@consilium/imaging/nifti'
import { describe, expect, it } from 'vitest'
import { latticeOfFile } from '../masks/file.ts'
import { labelFile, lattice, type Placing } from '../testing/files.ts'

/** Orthogonal axes in all directions, so that each part of a quaternion is the largest now and then. */
const TURNS: readonly (readonly [row: Vec3, column: Vec3])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
  ],
  [
    [-1, 0, 0],
    [0, -1, 0],
  ],
  [
    [1, 0, 0],
    [0, -1, 0],
  ],
  [
    [-1, 0, 0],
    [0, 1, 0],
  ],
  ...[-3, -1, 0.2, 2].flatMap((a) =>
    [-2, -0.3, 1, 5].map((b): [Vec3, Vec3] => {
      const row = normalize([a, 1 - b, b])
      return [row, normalize(cross([b, a, 1], row))]
    }),
  ),
]

const CODES = { qform: 252, sform: 254 }

describe.each(['the third axis to the right of the others', 'the third axis turned round'])(
  '[M87] %s',
  (way) => {
    it.each(TURNS)('%j %j', async (row, column) => {
      const placing: Placing = {
        row,
        column,
        step: scale(cross(row, column), way.endsWith('round') ? -1 : 1),
      }
      const where = lattice(placing)
      const without = (other: number) =>
        labelFile(where, new Uint8Array(60), (view) => void view.setInt16(other, 0, true))
      for (const other of Object.values(CODES)) {
        const found = latticeOfFile(await readNifti(without(other)))
        for (const [k, place] of [...found.steps, found.origin].entries())
          for (const axis of [0, 1, 2] as const)
            expect(place[axis]).toBeCloseTo([...where.steps, where.origin][k]?.[axis] as number, 4)
      }
    })
  },
)

it('[M87] a sheared grid is said by the matrix alone', () => {
  const sheared = labelFile(lattice({ step: normalize([0, -0.02, 1]) }), new Uint8Array(60))
  const view = new DataView(sheared.buffer)
  expect([view.getInt16(CODES.qform, true), view.getInt16(CODES.sform, true)]).toEqual([0, 1])
})
