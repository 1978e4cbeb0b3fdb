/**
 * Surfaces of the segments of a series, made in a worker only while somebody sees them. When painting changed, those that changed are made
 * anew once it has rested; until then the old ones stand. Voxels are copied out a few milliseconds a turn, so that the hand never waits.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { add, scale } from '@consilium/geometry/vec3'
import type { Region } from '@consilium/geometry/voxels/region'
import type { Lattice } from '../panes/reformat/lattice.ts'
import { everyFor, type Mesh, type SurfaceGround, type VolumeSurface } from './surface.ts'
import type { SurfaceJob, SurfaceReply } from './surface.worker.ts'

/** What is painted on a series; the same object for as long as it is the same engine that answers. */
export interface SegmentVoxels {
  readonly grid: Grid
  /** Voxels by slice; null while they are being counted. */
  slices(segment: string): Int32Array | null
  /** Writes `label` wherever the segment is set within the box; x runs fastest, then y. */
  copyBox(segment: string, box: VoxelBox, target: Uint8Array, label: number): void
  /** Calls with the segments that were painted in once they are counted; returns the way to stop. */
  onCounted(listener: (segments: Iterable<string>) => void): () => void
}

export interface VolumeSegment {
  readonly id: string
  readonly title: string
  /** "#rrggbb" */
  readonly colour: string
  readonly opacity: number
  readonly visible: boolean
}

export interface SurfacesPort {
  /** Another set of surfaces, bottom to top. */
  show(surfaces: readonly VolumeSurface[]): void
  /** Why there is none of a segment, in a sentence; null where nothing is amiss. */
  fault(sentence: string | null): void
}

/** Painting rests for so long before its surface is made. */
const REST_MS = 600
/** Of each turn of the page. */
const TURN_MS = 6

export class Surfaces {
  readonly #lattice: Lattice
  readonly #port: SurfacesPort
  readonly #worker: Worker
  readonly #meshes = new Map<string, Mesh | null>()
  readonly #stale = new Set<string>()
  readonly #faults = new Map<string, string>()
  #voxels: SegmentVoxels | null = null
  #segments: readonly VolumeSegment[] = []
  #stop: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Which segment is in the worker, and which of its jobs. */
  #made: { readonly segment: string; readonly id: number } | null = null
  #jobs = 0
  #isCopying = false
  #isClosed = false

  constructor(lattice: Lattice, port: SurfacesPort) {
    this.#lattice = lattice
    this.#port = port
    this.#worker = new Worker(new URL('./surface.worker.ts', import.meta.url), { type: 'module' })
    this.#worker.addEventListener('message', ({ data }: MessageEvent<SurfaceReply>) => this.#take(data))
  }

  setVoxels(voxels: SegmentVoxels | null): void {
    if (voxels === this.#voxels) return
    this.#stop?.()
    this.#voxels = voxels
    this.#meshes.clear()
    this.#faults.clear()
    this.#stale.clear()
    this.#stop =
      voxels?.onCounted((segments) => {
        for (const segment of segments) if (this.#meshes.has(segment)) this.#stale.add(segment)
        clearTimeout(this.#timer)
        this.#timer = setTimeout(() => this.#next(), REST_MS)
      }) ?? null
    this.setSegments(this.#segments)
  }

  /** Bottom to top. Those that are not visible are not made before they are. */
  setSegments(segments: readonly VolumeSegment[]): void {
    this.#segments = segments
    for (const { id, visible } of segments) if (visible && !this.#meshes.has(id)) this.#stale.add(id)
    this.#show()
    this.#next()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#stop?.()
    this.#worker.terminate()
  }

  #next(): void {
    if (this.#isCopying || this.#made || this.#isClosed) return
    const voxels = this.#voxels
    const found = this.#segments.find(({ id, visible }) => visible && this.#stale.has(id))
    if (!voxels || !found) return
    const counts = voxels.slices(found.id)
    // It is being counted: that is told when it is done.
    if (!counts) return void this.#meshes.set(found.id, this.#meshes.get(found.id) ?? null)
    this.#stale.delete(found.id)
    this.#isCopying = true
    void copied(voxels, found.id, counts).then((copy) => {
      this.#isCopying = false
      if (this.#isClosed || voxels !== this.#voxels) return this.#next()
      const id = ++this.#jobs
      this.#made = { segment: found.id, id }
      const job: SurfaceJob = { id, region: copy.region, ground: groundOf(this.#lattice, copy.every) }
      this.#worker.postMessage(job, [copy.region.bits.buffer])
    })
  }

  #take({ id, mesh, fault }: SurfaceReply): void {
    const made = this.#made
    this.#made = null
    if (made?.id === id) {
      this.#meshes.set(made.segment, mesh)
      const title = this.#segments.find((one) => one.id === made.segment)?.title ?? ''
      if (fault === null) this.#faults.delete(made.segment)
      else this.#faults.set(made.segment, `${title} has no surface. ${fault}`)
      this.#show()
    }
    this.#next()
  }

  #show(): void {
    this.#port.show(
      this.#segments.flatMap(({ id, colour, opacity, visible }): VolumeSurface[] => {
        const mesh = visible ? this.#meshes.get(id) : null
        return mesh && mesh.cells.length > 0 ? [{ mesh, colour: colourOf(colour), opacity }] : []
      }),
    )
    const [fault] = this.#segments.flatMap(({ id, visible }) => (visible ? (this.#faults.get(id) ?? []) : []))
    this.#port.fault(fault ?? null)
  }
}

/** The region of a segment in its box, every n-th voxel where that would be too large. */
async function copied(
  { grid, copyBox }: SegmentVoxels,
  segment: string,
  counts: Int32Array,
): Promise<{ readonly region: Region; readonly every: number }> {
  const [width, height] = grid.size
  const turn = turns()
  const plane = new Uint8Array(width * height)
  const sliceOf = (z: number): void => {
    plane.fill(0)
    copyBox(segment, { x0: 0, x1: width, y0: 0, y1: height, z0: z, z1: z + 1 }, plane, 1)
  }
  let [x0, x1, y0, y1] = [width, 0, height, 0]
  const set = [...counts.keys()].filter((z) => (counts[z] as number) > 0)
  for (const z of set) {
    await turn()
    sliceOf(z)
    for (let y = 0; y < height; y++) {
      const line = plane.subarray(y * width, (y + 1) * width)
      const first = line.indexOf(1)
      if (first < 0) continue
      x0 = Math.min(x0, first)
      x1 = Math.max(x1, line.lastIndexOf(1) + 1)
      y0 = Math.min(y0, y)
      y1 = Math.max(y1, y + 1)
    }
  }
  const z0 = set[0] ?? 0
  const z1 = (set.at(-1) ?? -1) + 1
  const every = everyFor(Math.max(0, x1 - x0) * Math.max(0, y1 - y0) * (z1 - z0))
  const [low, high] = [(at: number) => Math.floor(at / every), (at: number) => Math.ceil(at / every)]
  const box =
    set.length === 0
      ? { x0: 0, x1: 0, y0: 0, y1: 0, z0: 0, z1: 0 }
      : { x0: low(x0), x1: high(x1), y0: low(y0), y1: high(y1), z0: low(z0), z1: high(z1) }
  const [wide, tall] = [box.x1 - box.x0, box.y1 - box.y0]
  const bits = new Uint8Array(wide * tall * (box.z1 - box.z0))
  const middle = every >> 1
  for (let z = box.z0, to = 0; z < box.z1; z++) {
    await turn()
    sliceOf(Math.min(grid.size[2] - 1, z * every + middle))
    for (let y = box.y0; y < box.y1; y++) {
      const line = Math.min(height - 1, y * every + middle) * width
      for (let x = box.x0; x < box.x1; x++)
        bits[to++] = plane[line + Math.min(width - 1, x * every + middle)] as number
    }
  }
  return { region: { box, bits }, every }
}

/** A place in work where the page may do what waits, taken when enough of a turn is used. */
function turns(): () => Promise<void> {
  let end = performance.now() + TURN_MS
  return async () => {
    if (performance.now() < end) return
    await new Promise((resolve) => void setTimeout(resolve))
    end = performance.now() + TURN_MS
  }
}

function groundOf(lattice: Lattice, every: number): SurfaceGround {
  const { origin, row, column, columnSpacing, rowSpacing, step } = lattice
  const away = add(scale(row, columnSpacing), add(scale(column, rowSpacing), step))
  const middle = every >> 1
  return { origin: add(origin, scale(away, middle)), row, column, columnSpacing, rowSpacing, step, every }
}

/** "#rrggbb" as shares of full light. */
export function colourOf(hex: string): readonly [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}
