/**
 * What a pane tells the page of what it painted: the plane at once, because the other panes draw it in the same frame; the probe and what lies
 * on the plane after the frame, because nobody's picture waits for them. Each only once it is another.
 */
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { maskPlaneOf, voxelAt } from '../masks/maskPlane.ts'
import type { MaskView } from '../masks/maskView.ts'
import type { MetAnnotation } from '../overlay/met.ts'
import type { Fusion } from '../panes/fusion/fusion.ts'
import { takenFrame } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Camera, ScreenPoint } from './camera.ts'
import { probeAt, sameProbe } from './probe.ts'
import type { Probe, Scene, StageEvents } from './scene.ts'
import { countsOn } from './sceneOn.ts'

export interface Painted {
  readonly series: SeriesFrames
  readonly frame: number
  readonly plane: Plane
  readonly camera: Camera
  readonly scene: Scene
  readonly met: readonly MetAnnotation[]
}

/** What is laid over the picture. */
export type Fused = Pick<Fusion, 'valueAt'>

export class Telling {
  readonly #events: StageEvents
  #probe: Probe | null = null
  #plane: Plane | null = null
  #told: {
    readonly plane: Plane | null
    readonly frame: number | null
    readonly scene: Scene | null
  } | null = null

  constructor(events: StageEvents) {
    this.#events = events
  }

  /** Null: there is no picture. */
  plane(plane: Plane | null): void {
    if (plane === this.#plane) return
    this.#plane = plane
    this.#events.onPlane?.(plane)
  }

  /** `at`: the pointer. */
  after(painted: Painted | null, at: ScreenPoint | null, masks: MaskView | null, fusion: Fused): void {
    this.#tellProbe(painted, at, masks, fusion)
    const { plane = null, frame = null, scene = null } = painted ?? {}
    const before = this.#told
    // Moments of one place share their plane, and not what lies on them.
    const isTold = plane === before?.plane && frame === before.frame && scene === before.scene
    this.#told = { plane, frame, scene }
    if (!painted || isTold) return
    this.#events.onShown?.(countsOn(painted.scene, painted.met, painted))
    this.#tellPicture(painted)
  }

  #tellPicture({ met, scene: { pins, peers }, frame }: Painted): void {
    this.#events.onPicture?.({ met, pins: pins.filter((pin) => pin.frame === frame), peers })
  }

  #tellProbe(painted: Painted | null, at: ScreenPoint | null, masks: MaskView | null, fusion: Fused): void {
    const probe = painted && at ? probeOf(painted, at, fusion) : null
    if (sameProbe(probe, this.#probe)) return
    this.#probe = probe
    if (!probe || !painted) return this.#events.onProbe(null)
    const taken = { ...probe, frame: takenFrame(painted.series, painted.frame, probe.at) }
    const voxel = voxelUnder(painted, probe.at, masks)
    this.#events.onProbe(voxel ? { ...taken, voxel } : taken)
  }
}

function probeOf({ series, frame, camera }: Painted, at: ScreenPoint, fusion: Fused): Probe | null {
  const probe = probeAt(series, frame, camera, at)
  const over = probe && fusion.valueAt(series, frame, probe.pixel)
  return probe && over !== null ? { ...probe, over } : probe
}

function voxelUnder({ series, frame }: Painted, at: Vec3, masks: MaskView | null): Vec3 | null {
  if (!masks || masks.series !== series.meta.id) return null
  const on = maskPlaneOf(series, frame, masks.grid)
  return on && voxelAt(on, masks.grid, at)
}
