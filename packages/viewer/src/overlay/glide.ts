/**
 * Peers' cursors move to their new place within 80 ms instead of jumping; whoever wants less motion sees them jump. Keeps places in patient
 * space, so that zooming moves nothing.
 */
import { add, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'

const GLIDE_MS = 80

interface Way {
  readonly from: Vec3
  readonly to: Vec3
  readonly start: number
}

export class Glide {
  readonly #ways = new Map<string, Way>()
  readonly #isStill: () => boolean

  constructor(isStill: () => boolean = wantsLessMotion) {
    this.#isStill = isStill
  }

  /** Where each one stands at `now` (ms); those not named any more are forgotten. */
  at(targets: readonly { readonly id: string; readonly at: Vec3 }[], now: number): Map<string, Vec3> {
    const places = new Map<string, Vec3>()
    for (const { id, at } of targets) {
      const way = this.#ways.get(id)
      const place = way && !this.#isStill() ? along(way, now) : at
      if (!way || !same(way.to, at)) this.#ways.set(id, { from: place, to: at, start: now })
      places.set(id, place)
    }
    for (const id of this.#ways.keys()) if (!places.has(id)) this.#ways.delete(id)
    return places
  }

  moving(now: number): boolean {
    if (this.#isStill()) return false
    for (const way of this.#ways.values())
      if (now - way.start < GLIDE_MS && !same(way.from, way.to)) return true
    return false
  }
}

/** Asked in every frame: the question is put once. */
let lessMotion: MediaQueryList | null = null
const wantsLessMotion = (): boolean => {
  lessMotion ??= matchMedia('(prefers-reduced-motion: reduce)')
  return lessMotion.matches
}

function along(way: Way, now: number): Vec3 {
  const t = Math.min(1, Math.max(0, (now - way.start) / GLIDE_MS))
  return add(way.from, scale(subtract(way.to, way.from), t))
}

const same = (a: Vec3, b: Vec3): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2]
