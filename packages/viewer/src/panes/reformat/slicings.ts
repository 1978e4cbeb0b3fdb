/**
 * Which way a series is looked through. Axial, coronal and sagittal are the volume's own three directions, each called after the patient
 * plane it is nearest to: cut along them every pixel is a voxel. One of the three is how the series was taken.
 */
import { AXIS_ORDERS } from '@consilium/geometry/axisOrders'
import { normalOf } from '@consilium/geometry/plane'
import { normalize } from '@consilium/geometry/vec3'
import type { SeriesFrames, SeriesMeta } from '../series.ts'
import type { PlaneName, Slicing } from '../slicing.ts'
import { type Cut, cutAlong } from './cut.ts'
import { type Lattice, latticeOf } from './lattice.ts'
import { fillFromLines } from './lines.ts'
import { fillObliquely, sheetsAcross } from './oblique.ts'
import { reformatted } from './reformatted.ts'
import { slabOf } from './slab.ts'

/** A volume, what its own slices are called, and how the other two are cut. */
export interface Volume {
  readonly lattice: Lattice
  readonly acquired: PlaneName
  readonly cuts: ReadonlyMap<PlaneName, Cut>
}

const NAMES = ['sagittal', 'coronal', 'axial'] as const

const volumes = new WeakMap<SeriesMeta, Volume | string>()

/** The volume of a series, or the sentence that says why it is none. */
export function volumeOf(meta: SeriesMeta): Volume | string {
  let known = volumes.get(meta)
  if (known === undefined) {
    const lattice = latticeOf(meta)
    known = typeof lattice === 'string' ? lattice : named(lattice)
    volumes.set(meta, known)
  }
  return known
}

/** The series looked through another way; itself where that is how it was taken; a sentence where it cannot be. */
export function slicedAs(base: SeriesFrames, slicing: Slicing): SeriesFrames | string {
  if (slicing.kind === 'acquired' && !slicing.slab) return base
  const volume = volumeOf(base.meta)
  if (typeof volume === 'string') return volume
  if (slicing.kind === 'oblique' && base.onlyLower)
    return 'Oblique planes need all values; they do not fit into this browser’s memory.'
  const sliced = planesOf(base, slicing, volume)
  return slicing.slab ? slabOf(sliced, slicing, slicing.slab) : sliced
}

function planesOf(base: SeriesFrames, slicing: Slicing, { lattice, cuts }: Volume): SeriesFrames {
  if (slicing.kind === 'acquired') return base
  if (slicing.kind === 'oblique') {
    const sheets = sheetsAcross(lattice, slicing.normal)
    return reformatted(base, slicing, sheets, fillObliquely(base, lattice, sheets))
  }
  const cut = cuts.get(slicing.kind)
  return cut ? reformatted(base, slicing, cut, fillFromLines(base, cut.walk)) : base
}

function named(lattice: Lattice): Volume {
  const [rows, columns] = [cutAlong(lattice, 'rows'), cutAlong(lattice, 'columns')]
  const normals = [normalOf(lattice), normalOf(rows.planes[0]), normalOf(columns.planes[0])].map(normalize)
  const fit = (order: readonly number[]): number =>
    normals.reduce((sum, normal, i) => sum + Math.abs(normal[order[i] as number] as number), 0)
  const [own, ofRows, ofColumns] = AXIS_ORDERS.reduce((a, b) => (fit(b) > fit(a) + 1e-9 ? b : a))
  return {
    lattice,
    acquired: NAMES[own],
    cuts: new Map([
      [NAMES[ofRows], rows],
      [NAMES[ofColumns], columns],
    ]),
  }
}
