/** A plane turned about a direction in it or about the sight line: what the hand and the keys do to oblique planes. Pure; patient space. */
import { areParallel } from '@consilium/geometry/across'
import { add, cross, dot, normalize, scale, type Vec3 } from '@consilium/geometry/vec3'

/** Rodrigues' formula; `axis` is a unit vector, the angle in radians by the right hand. */
export function turned(normal: Vec3, axis: Vec3, angle: number): Vec3 {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = scale(axis, dot(axis, normal) * (1 - cos))
  return normalize(add(add(scale(normal, cos), scale(cross(axis, normal), sin)), along))
}

/**
 * A plane turned step by step, by keys. It hangs upright at each step, so what is its row on the screen may become its column on the way: as long
 * as nothing else turns it, the same key and its opposite go on about the line they began with.
 */
export class Turns {
  #last: { readonly about: 'row' | 'column'; readonly line: Vec3; readonly normal: Vec3 } | null = null

  /** The next normal. `axes`: to the right and down on the screen now. */
  next(
    normal: Vec3,
    about: 'row' | 'column',
    { right, down }: { readonly right: Vec3; readonly down: Vec3 },
    angle: number,
  ): Vec3 {
    const goesOn = this.#last?.about === about && areParallel(this.#last.normal, normal)
    const line = goesOn && this.#last ? this.#last.line : about === 'row' ? right : down
    this.#last = { about, line, normal: turned(normal, line, angle) }
    return this.#last.normal
  }
}
