/**
 * How the surface between painted and bare voxels runs through a cell, a cube with a voxel at each of its eight corners: for each of the 256
 * patterns its polygons, as the edges of the cube whose middles they join (marching cubes, Lorensen & Cline 1987). Nothing is looked up from
 * a published table: on every face of a cell the painted corners are cut off one connected stretch at a time, so two cells that share a face
 * agree on it, and the surface is closed whatever the voxels are. Voxels that touch only at an edge or a corner are apart, as islands are.
 */

/** Corner c lies at x = c & 1, y = (c >> 1) & 1, z = c >> 2. Edge e runs along axis e >> 2 from the corner below. */
const EDGE_CORNERS: readonly (readonly [from: number, to: number])[] = [0, 1, 2].flatMap((axis) =>
  [0, 1, 2, 3, 4, 5, 6, 7].filter((c) => (c & (1 << axis)) === 0).map((c) => [c, c | (1 << axis)] as const),
)

/** Of each edge: the axis it lies along and the corner it starts at. */
export const EDGES = EDGE_CORNERS.map(([from], edge) => ({ axis: edge >> 2, corner: from }))

const edgeBetween = (a: number, b: number): number =>
  EDGE_CORNERS.findIndex(([from, to]) => from === Math.min(a, b) && to === Math.max(a, b))

/** The corners of each face, counterclockwise as seen from outside of the cube. */
const FACES: readonly (readonly number[])[] = [0, 1, 2].flatMap((axis) => {
  const [u, v] = [1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3)]
  const around = [0, u, u | v, v]
  return [around.toReversed(), around.map((corner) => corner | (1 << axis))]
})

/** Polygons of a pattern (bit c is set where corner c is painted), each the edges it joins in turn, counterclockwise as seen from outside of what is painted. */
function polygonsOf(pattern: number): number[][] {
  const isPainted = (corner: number): boolean => ((pattern >> corner) & 1) === 1
  const next = new Map<number, number>()
  for (const face of FACES) {
    const corner = (k: number): number => face[k & 3] as number
    for (let k = 0; k < 4; k++) {
      if (!isPainted(corner(k)) || isPainted(corner(k + 3))) continue
      let last = k
      while (isPainted(corner(last + 1))) last++
      next.set(edgeBetween(corner(k + 3), corner(k)), edgeBetween(corner(last), corner(last + 1)))
    }
  }
  const polygons: number[][] = []
  for (const start of next.keys()) {
    const polygon: number[] = []
    for (let edge = start; next.has(edge); ) {
      polygon.push(edge)
      const then = next.get(edge) as number
      next.delete(edge)
      edge = then
    }
    if (polygon.length > 0) polygons.push(polygon)
  }
  return polygons
}

const onOneFace = (a: number, b: number): boolean => {
  const corners = [...(EDGE_CORNERS[a] ?? []), ...(EDGE_CORNERS[b] ?? [])]
  return FACES.some((face) => corners.every((corner) => face.includes(corner)))
}

/**
 * The polygon turned so that all diagonals from its first corner run inside of the cell. One that lay on a face could be a diagonal of the
 * neighbour's polygon too, and the surface would touch itself there. Every polygon of every pattern has such a corner.
 */
function fanOf(polygon: readonly number[]): readonly number[] {
  const fans = polygon.map((_, k) => [...polygon.slice(k), ...polygon.slice(0, k)])
  const fan = fans.find(([first, , ...rest]) =>
    rest.slice(0, -1).every((edge) => !onOneFace(first as number, edge)),
  )
  if (fan === undefined) throw new Error('fanOf: a polygon without a fan')
  return fan
}

/** Of each pattern: triangles, three edges each. */
export const TRIANGLES: readonly Uint8Array[] = Array.from({ length: 256 }, (_, pattern) =>
  Uint8Array.from(
    polygonsOf(pattern).flatMap((polygon) => {
      const fan = fanOf(polygon) as readonly [number, ...number[]]
      return fan.slice(2).flatMap((edge, k) => [fan[0], fan[k + 1] as number, edge])
    }),
  ),
)
