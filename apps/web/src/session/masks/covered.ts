/** Own strokes that others' newer work lies upon, so that something else is seen where they were painted. */
import type { Turn } from '@consilium/crdt-schema/acts'
import type { MaskAct, Paint } from '@consilium/crdt-schema/painting'
import type { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { boundsOf } from '@consilium/geometry/raster/limits'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'

export interface CoveredStroke {
  readonly turn: Turn
  /** The clientID of whose work lies upon it. */
  readonly by: number
}

/** Of strokes, each of one or more acts that belong together. What lies upon one to the same effect is no loss. */
export function coveredBy(
  strokes: readonly (readonly MaskAct[])[],
  engine: MaskEngine,
  isOwn: (client: number) => boolean,
): CoveredStroke[] {
  return strokes.flatMap((acts): CoveredStroke[] => {
    const [first] = acts
    if (!first || !engine.effective(first.id)) return []
    for (const { body } of acts) {
      const by = body.act === 'paint' ? upon(body, engine, isOwn) : null
      if (by !== null) return [{ turn: { target: first.id, count: acts.length }, by }]
    }
    return []
  })
}

function upon(
  { segment, value, shape }: Paint,
  engine: MaskEngine,
  isOwn: (client: number) => boolean,
): number | null {
  const { grid } = engine
  const [width, height] = grid.size
  const box = boundsOf(shape, grid)
  const rasterise = createRasteriser(grid)
  for (let z = box.z0; z < box.z1; z++) {
    const tops = new Uint32Array(width * height)
    engine.actsOfSlice(segment, 2, z, tops)
    let found: number | null = null
    rasterise(shape, { ...box, z0: z, z1: z + 1 }, (_, y, x0, x1) => {
      for (let x = x0; x < x1 && found === null; x++) {
        const top = tops[y * width + x]
        if (!top) continue
        const { id, body } = engine.act(top)
        if (body.act === 'paint' && body.value !== value && !isOwn(id.client)) found = id.client
      }
    })
    if (found !== null) return found
  }
  return null
}
