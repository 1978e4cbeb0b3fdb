/** Chance from a seed: the same seed gives the same phantom on every machine. Never used for anything secret. */

/** Uniform in [0, 1); sfc32, seeded by splitmix32. */
export type Random = () => number

export function randomFrom(seed: number): Random {
  let s = seed >>> 0
  const next = (): number => {
    s = (s + 0x9e3779b9) | 0
    let t = s ^ (s >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return (t ^ (t >>> 15)) | 0
  }
  let a = next()
  let b = next()
  let c = next()
  let d = next()
  return () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
}

/** Standard normal from 6 uniforms: near enough, and free of tails no detector has. */
export const gaussian = (random: Random): number =>
  (random() + random() + random() + random() + random() + random() - 3) * Math.SQRT2

const GRID = 32

/** Smooth noise in space, about -1 to 1, repeating every 32 cells: the grain of tissue. */
export function grain(random: Random): (x: number, y: number, z: number) => number {
  const values = Float32Array.from({ length: GRID ** 3 }, () => random() * 2 - 1)
  const m = GRID - 1
  return (x, y, z) => {
    const x0 = Math.floor(x)
    const y0 = Math.floor(y)
    const z0 = Math.floor(z)
    const u = x - x0
    const v = y - y0
    const w = z - z0
    const xa = x0 & m
    const xb = (x0 + 1) & m
    const ya = (y0 & m) * GRID
    const yb = ((y0 + 1) & m) * GRID
    const za = (z0 & m) * GRID * GRID
    const zb = ((z0 + 1) & m) * GRID * GRID
    const near = mix(
      mix(values[xa + ya + za] as number, values[xb + ya + za] as number, u),
      mix(values[xa + yb + za] as number, values[xb + yb + za] as number, u),
      v,
    )
    const far = mix(
      mix(values[xa + ya + zb] as number, values[xb + ya + zb] as number, u),
      mix(values[xa + yb + zb] as number, values[xb + yb + zb] as number, u),
      v,
    )
    return mix(near, far, w)
  }
}

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t
export const clamp01 = (t: number): number => (t < 0 ? 0 : t > 1 ? 1 : t)
/** 0 below a, 1 above b, smooth between. */
export const smooth = (a: number, b: number, x: number): number => {
  const t = clamp01((x - a) / (b - a))
  return t * t * (3 - 2 * t)
}
