/**
 * The findings of the phantom: nodules of several sizes and kinds at known places, so that annotations have a truth to be held against.
 * Lobes are as a radiologist would name them.
 */
import { mix, type Random } from './random.ts'
import { EDGE, type Raster } from './raster.ts'
import type { Point } from './shapes.ts'

export type NoduleKind = 'solid' | 'part-solid' | 'ground-glass' | 'calcified'

export interface Nodule {
  readonly name: string
  readonly lobe: 'RUL' | 'RML' | 'RLL' | 'LUL' | 'LLL'
  readonly kind: NoduleKind
  /** Patient space (LPS), mm. */
  readonly centre: Point
  /** Longest diameter in the slice through its centre, mm. */
  readonly diameterMm: number
  /** Of the solid part; null where there is none to tell apart. */
  readonly solidMm: number | null
}

const PLANNED: readonly (Omit<Nodule, 'centre'> & { readonly at: Point })[] = [
  { name: 'Solid nodule', lobe: 'RUL', kind: 'solid', at: [-72, -16, 52], diameterMm: 14, solidMm: null },
  {
    name: 'Part-solid nodule',
    lobe: 'LLL',
    kind: 'part-solid',
    at: [78, 38, -22],
    diameterMm: 22,
    solidMm: 8,
  },
  { name: 'Solid nodule', lobe: 'RLL', kind: 'solid', at: [-88, 46, -40], diameterMm: 8, solidMm: null },
  { name: 'Solid nodule', lobe: 'LUL', kind: 'solid', at: [74, -34, 58], diameterMm: 6, solidMm: null },
  {
    name: 'Ground-glass nodule',
    lobe: 'RML',
    kind: 'ground-glass',
    at: [-74, -44, -24],
    diameterMm: 12,
    solidMm: null,
  },
  {
    name: 'Calcified granuloma',
    lobe: 'RUL',
    kind: 'calcified',
    at: [-58, 34, 84],
    diameterMm: 5,
    solidMm: null,
  },
  { name: 'Solid nodule', lobe: 'LUL', kind: 'solid', at: [88, -22, 6], diameterMm: 4.5, solidMm: null },
]

/** The planned nodules, each moved a little by chance. */
export const nodulesFrom = (random: Random): Nodule[] =>
  PLANNED.map(({ at, ...nodule }) => ({
    ...nodule,
    centre: [at[0] + 4 * random() - 2, at[1] + 4 * random() - 2, at[2] + 4 * random() - 2],
  }))

const VALUE: Record<NoduleKind, number> = {
  solid: 48,
  'part-solid': -560,
  'ground-glass': -590,
  calcified: 640,
}

export function paintNodule(
  raster: Raster,
  nodule: Nodule,
  grain: (x: number, y: number, z: number) => number,
): void {
  const [cx, cy, cz] = nodule.centre
  const r = nodule.diameterMm / 2
  const dz = raster.z - cz
  if (Math.abs(dz) > r * 1.5) return
  const hazy = nodule.kind === 'part-solid' || nodule.kind === 'ground-glass'
  raster.box(cx, cy, r * 1.6, r * 1.6, (x, y, i) => {
    const dx = x - cx
    const dy = y - cy
    const far = Math.hypot(dx, dy, dz)
    const k = 2.2 / (far + 0.5)
    const lobes = grain(cx + dx * k, cy + dy * k, cz + dz * k)
    const distance = far - r * (0.97 + (nodule.kind === 'calcified' ? 0.03 : 0.12) * lobes)
    const value = VALUE[nodule.kind] + (hazy ? 70 : 10) * grain(x * 0.7, y * 0.7, raster.z * 0.7)
    raster.cover(i, distance, value, hazy ? 2.6 : EDGE)
    if (nodule.solidMm === null) return
    const core = Math.hypot(dx - r * 0.18, dy + r * 0.1, dz) - (nodule.solidMm / 2) * (0.97 + 0.14 * lobes)
    raster.cover(i, core, mix(34, 46, 0.5 + 0.5 * lobes), 1.4)
  })
}
