/**
 * The inverse cosine transform of 8 x 8 (T.81 A.3.3) in whole numbers, after Loeffler, Ligtenberg and Moschytz (ICASSP 1989): thirteen
 * bits behind the point, columns first. The same steps and roundings as in the Independent JPEG Group's accurate transform, so that
 * lossy pictures come out value for value as in the other readers of this format.
 */

const FRACTION = 13
const C0_298 = 2446
const C0_390 = 3196
const C0_541 = 4433
const C0_765 = 6270
const C0_899 = 7373
const C1_175 = 9633
const C1_501 = 12299
const C1_847 = 15137
const C1_961 = 16069
const C2_053 = 16819
const C2_562 = 20995
const C3_072 = 25172

/**
 * Coefficients (dequantised, row by row; changed on the way) -> samples of `precision` bits into `out` from `at`, `stride` to the next row.
 */
export function inverseTransform(
  block: Int32Array,
  precision: number,
  out: Uint8Array | Uint16Array,
  at: number,
  stride: number,
): void {
  const kept = precision === 8 ? 2 : 1 // bits kept between the passes
  for (let column = 0; column < 8; column++) pass(block, column, 8, FRACTION - kept)
  for (let row = 0; row < 8; row++) pass(block, row * 8, 1, FRACTION + kept + 3)
  const centre = 1 << (precision - 1)
  const most = 2 ** precision - 1
  for (let row = 0, i = 0, to = at; row < 8; row++, to += stride) {
    for (let column = 0; column < 8; column++, i++) {
      const value = (block[i] as number) + centre
      out[to + column] = value < 0 ? 0 : value > most ? most : value
    }
  }
}

/** Eight values from `at` on, `step` apart, in place; `drop` bits are rounded off. */
function pass(b: Int32Array, at: number, step: number, drop: number): void {
  const v0 = b[at] as number
  const v1 = b[at + step] as number
  const v2 = b[at + 2 * step] as number
  const v3 = b[at + 3 * step] as number
  const v4 = b[at + 4 * step] as number
  const v5 = b[at + 5 * step] as number
  const v6 = b[at + 6 * step] as number
  const v7 = b[at + 7 * step] as number
  const half = 1 << (drop - 1)

  // Most columns hold nothing but their first value: then all that follows comes to this.
  if ((v1 | v2 | v3 | v4 | v5 | v6 | v7) === 0) {
    const same = ((v0 << FRACTION) + half) >> drop
    for (let k = 0, to = at; k < 8; k++, to += step) b[to] = same
    return
  }
  const turn = Math.imul(v2 + v6, C0_541)
  const e2 = turn - Math.imul(v6, C1_847)
  const e3 = turn + Math.imul(v2, C0_765)
  const e0 = (v0 + v4) << FRACTION
  const e1 = (v0 - v4) << FRACTION
  const s0 = e0 + e3 + half
  const s3 = e0 - e3 + half
  const s1 = e1 + e2 + half
  const s2 = e1 - e2 + half

  const z5 = Math.imul(v7 + v3 + v5 + v1, C1_175)
  const z1 = -Math.imul(v7 + v1, C0_899)
  const z2 = -Math.imul(v5 + v3, C2_562)
  const z3 = z5 - Math.imul(v7 + v3, C1_961)
  const z4 = z5 - Math.imul(v5 + v1, C0_390)
  const o0 = Math.imul(v7, C0_298) + z1 + z3
  const o1 = Math.imul(v5, C2_053) + z2 + z4
  const o2 = Math.imul(v3, C3_072) + z2 + z3
  const o3 = Math.imul(v1, C1_501) + z1 + z4

  b[at] = (s0 + o3) >> drop
  b[at + 7 * step] = (s0 - o3) >> drop
  b[at + step] = (s1 + o2) >> drop
  b[at + 6 * step] = (s1 - o2) >> drop
  b[at + 2 * step] = (s2 + o1) >> drop
  b[at + 5 * step] = (s2 - o1) >> drop
  b[at + 3 * step] = (s3 + o0) >> drop
  b[at + 4 * step] = (s3 - o0) >> drop
}
