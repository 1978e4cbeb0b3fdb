/**
 * How much of a picture a pane shows, and which way up: place, magnification, turned or mirrored. A picture shown whole stays whole when the
 * pane or the picture becomes another; whoever chose a place keeps it.
 */
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { axesOf, type Turned, UPRIGHT } from '@consilium/imaging/hung'
import { type Camera, fit, mmPerPixelToFollow, type PictureSize, resized, toScreen } from './camera.ts'
import type { View } from './scene.ts'
import { sameTurned } from './turned.ts'

/** What is looked at. */
export interface OnPlane {
  readonly plane: Plane
  readonly meta: PictureSize
}

export class Framing {
  #camera: Camera | null = null
  #turned: Turned = UPRIGHT
  #isFitted = true
  #width = 0
  #height = 0

  get camera(): Camera | null {
    return this.#camera
  }

  get turned(): Turned {
    return this.#turned
  }

  /** CSS pixels. */
  get pane(): { readonly width: number; readonly height: number } {
    return { width: this.#width, height: this.#height }
  }

  /** Nothing is looked at. */
  clear(): void {
    this.#camera = null
  }

  /** Another series, or other planes of it, whole. */
  open(on: OnPlane | null, turned: Turned): void {
    this.#turned = turned
    this.fit(on)
  }

  /** Its plane was tilted: it must not grow and shrink with the corners of the volume. False where nothing was shown. */
  tilt(on: OnPlane | null, center: Vec3): boolean {
    if (!this.#camera || !on) return false
    this.#camera = { ...this.#camera, ...axesOf(on.plane, this.#turned), center }
    return true
  }

  fit(on: OnPlane | null): void {
    if (!on) return
    this.#camera = fit(on.plane, on.meta, this.#width, this.#height, this.#turned)
    this.#isFitted = true
  }

  resize(on: OnPlane | null, width: number, height: number): void {
    this.#width = width
    this.#height = height
    if (this.#isFitted) this.fit(on)
    else if (this.#camera) this.#camera = resized(this.#camera, width, height)
  }

  look(camera: Camera): void {
    this.#camera = camera
    this.#isFitted = false
  }

  /** Somebody else's; with their pane's size, all that they see is shown. */
  follow(view: Pick<Partial<View>, 'center' | 'mmPerPixel' | 'pane'>): void {
    const camera = this.#camera
    if (!camera || !(view.center || view.mmPerPixel !== undefined)) return
    const mmPerPixel = view.mmPerPixel ?? camera.mmPerPixel
    this.look({
      ...camera,
      center: view.center ?? camera.center,
      mmPerPixel: view.pane
        ? mmPerPixelToFollow({ ...view.pane, mmPerPixel }, this.#width, this.#height)
        : mmPerPixel,
    })
  }

  /** Hung for another plane; what is shown of it comes with the plane. */
  hangAs(turned: Turned): void {
    this.#turned = turned
  }

  /** About the middle of the pane. */
  hang(on: OnPlane | null, turned: Turned): void {
    if (sameTurned(turned, this.#turned)) return
    this.#turned = turned
    if (this.#isFitted) this.fit(on)
    else if (this.#camera && on) this.#camera = { ...this.#camera, ...axesOf(on.plane, turned) }
  }

  /** `edge`: share of the pane, from each side, that counts as out of sight. */
  isInSight(at: Vec3, edge: number): boolean {
    if (!this.#camera) return false
    const p = toScreen(this.#camera, at)
    const across = this.#width * edge
    const down = this.#height * edge
    return p.x >= across && p.x <= this.#width - across && p.y >= down && p.y <= this.#height - down
  }
}
