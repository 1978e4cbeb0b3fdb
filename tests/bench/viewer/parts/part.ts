/** One part of the benchmark: pages that are visited in turn, and what is asked of ours. */

import type { Goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import { type Figures, figuresOf, rowOf } from '../figures.ts'
import type { Ours } from '../ours.ts'
import type { Box } from '../page.ts'
import type { Peers } from '../peers.ts'
import type { Asked, Target } from '../target.ts'
import { type Plan, type Taken, visit } from '../visit.ts'

export interface Bed {
  readonly ours: Ours
  readonly peers: Peers
  /** Lengths of the series, shortest first. */
  readonly lengths: readonly number[]
  readonly rounds: number
  readonly steps: number
  /** Where ours shows its planes. */
  readonly places: { readonly 1: readonly Box[]; readonly 3: readonly Box[] }
  /** The folder with all series. */
  readonly pictures: string
}

export interface Outcome {
  readonly rows: readonly Row[]
  readonly goals: readonly Goal[]
}

export interface Part {
  readonly name: string
  readonly title: string
  run(bed: Bed): Promise<Outcome>
}

export interface Measured {
  readonly rows: readonly Row[]
  of(slices: number, target: Target): Figures
}

/** Null where a page did not get through, which is said; the others are measured all the same. */
async function tried(target: Target, asked: Asked, plan: Plan): Promise<Taken | null> {
  const begun = performance.now()
  const told = (what: string): void => {
    const seconds = Math.round((performance.now() - begun) / 1_000)
    console.log(`  ${asked.slices} slices, ${target.name}: ${what} (${seconds} s)`)
  }
  try {
    const taken = await visit(target, asked, plan)
    told(`first ${Math.round(taken.first)} ms, all ${Math.round(taken.all)} ms`)
    return taken
  } catch (error) {
    told(`did not get through: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    return null
  }
}

/** Every page once, and again, so that what a machine does meanwhile meets all of them. */
export async function inTurn(
  { rounds, lengths, places }: Pick<Bed, 'rounds' | 'lengths' | 'places'>,
  targets: readonly Target[],
  planes: 1 | 3,
  plan: Plan,
): Promise<Measured> {
  const visits = new Map<string, Taken[]>()
  const key = (slices: number, { name }: Target): string => `${slices} ${name}`
  for (let round = 0; round < rounds; round++)
    for (const slices of lengths)
      for (const target of targets) {
        const asked: Asked = { slices, places: places[planes] }
        const taken = await tried(target, asked, plan)
        if (taken) visits.set(key(slices, target), [...(visits.get(key(slices, target)) ?? []), taken])
      }
  const of = (slices: number, target: Target): Figures => figuresOf(visits.get(key(slices, target)) ?? [])
  return {
    of,
    rows: lengths.flatMap((slices) =>
      targets.map((target) => rowOf(slices, target.name, of(slices, target))),
    ),
  }
}
