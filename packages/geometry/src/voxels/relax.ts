/**
 * A surface without its steps: every vertex goes towards the mean of its neighbours and back again (Taubin 1995), which smooths without
 * shrinking, and stays within half a voxel of where it was (constrained elastic surface nets, Gibson 1998): so it still runs between what
 * is painted and what is bare. The triangles stay as they are, so it stays closed.
 */
import type { Surface } from './surface.ts'
import type { Work } from './work.ts'

const TOWARDS = 0.5
const BACK = -0.53
/** Voxels, along each axis. */
const MOST = 0.5

export function* relaxed({ vertices, triangles }: Surface, rounds = 20): Work<Surface> {
  const at = vertices.slice()
  const sums = new Float64Array(at.length)
  const counts = new Uint32Array(at.length / 3)
  for (let round = 0; round < rounds; round++) {
    for (const share of [TOWARDS, BACK]) {
      yield round / rounds
      sums.fill(0)
      counts.fill(0)
      for (let t = 0; t < triangles.length; t += 3) {
        // The two triangles of an edge run through it in opposite directions, so each neighbour is counted once.
        for (let k = 0; k < 3; k++) {
          const vertex = triangles[t + k] as number
          const other = triangles[t + ((k + 1) % 3)] as number
          for (let axis = 0; axis < 3; axis++)
            sums[3 * vertex + axis] = (sums[3 * vertex + axis] as number) + (at[3 * other + axis] as number)
          counts[vertex] = (counts[vertex] as number) + 1
        }
      }
      for (let i = 0; i < at.length; i++) {
        const here = at[i] as number
        const mean = (sums[i] as number) / (counts[Math.floor(i / 3)] as number)
        const from = vertices[i] as number
        at[i] = Math.max(from - MOST, Math.min(from + MOST, here + share * (mean - here)))
      }
    }
  }
  return { vertices: at, triangles }
}

/** What a closed surface encloses, in the cube of the unit of its vertices. */
export function enclosed({ vertices, triangles }: Surface): number {
  let sixfold = 0
  const coordinate = (corner: number, axis: number): number =>
    vertices[3 * (triangles[corner] as number) + axis] as number
  for (let t = 0; t < triangles.length; t += 3) {
    const [ax, ay, az] = [coordinate(t, 0), coordinate(t, 1), coordinate(t, 2)]
    const [bx, by, bz] = [coordinate(t + 1, 0), coordinate(t + 1, 1), coordinate(t + 1, 2)]
    const [cx, cy, cz] = [coordinate(t + 2, 0), coordinate(t + 2, 1), coordinate(t + 2, 2)]
    sixfold += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)
  }
  return sixfold / 6
}
