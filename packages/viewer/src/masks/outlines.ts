/** Outlines as paths of a canvas, in pixels of the sheet. Of a layer one is kept until it changes. */
import { boundsOfBits, type Line, smoothEdges, voxelEdges } from './edges.ts'
import type { Layer } from './layers.ts'
import { common, isEmpty, type Rect } from './rect.ts'

interface Kept {
  readonly edition: number
  readonly ofVoxels: boolean
  readonly path: Path2D
}

export class Outlines {
  readonly #kept = new WeakMap<Layer, Kept>()

  /**
   * `ofVoxels`: their very edges, for voxels that are seen one by one. `within`: nothing is seen outside, so that while somebody paints no
   * more of a layer that changed is gone around; at its rim lines may run where there is no edge.
   */
  of(layer: Layer, width: number, ofVoxels: boolean, within: Rect | null): Path2D {
    const known = this.#kept.get(layer)
    if (known?.edition === layer.edition && known.ofVoxels === ofVoxels) return known.path
    const { bits, bounds, edition } = layer
    const rect = bounds && within ? common(bounds, within) : bounds
    const path = pathOf(
      rect && !isEmpty(rect) ? (ofVoxels ? voxelEdges : smoothEdges)(bits, width, rect) : [],
    )
    if (!within) this.#kept.set(layer, { edition, ofVoxels, path })
    return path
  }
}

/** `rect`: on the sheet, around all that is set. */
export function outlineOf(bits: Uint8Array, width: number, rect: Rect): Path2D {
  const bounds = isEmpty(rect) ? null : boundsOfBits(bits, width, rect)
  return pathOf(bounds ? smoothEdges(bits, width, bounds) : [])
}

function pathOf(lines: readonly Line[]): Path2D {
  const path = new Path2D()
  for (const { points, closed } of lines) {
    path.moveTo(points[0] as number, points[1] as number)
    for (let i = 2; i < points.length; i += 2) path.lineTo(points[i] as number, points[i + 1] as number)
    if (closed) path.closePath()
  }
  return path
}
