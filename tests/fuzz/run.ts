/**
 * The fuzzing itself. Offers are numbered, and a number says all there is to know of one: 400 numbers in a row are one document, which
 * grows by what is taken and is looked at as a whole in the end. So any range of numbers can be made alone, in any thread, by making the
 * documents in which it lies from their beginning.
 */
import type { Phase } from '@consilium/crdt-schema/policy'
import { Random } from '../faults/fault.ts'
import { onceIn } from '../simulation/seeded.ts'
import { faultOf } from './copies.ts'
import { forged, honest, type Make, type Offer } from './generate.ts'
import { Broken, stateOf } from './oracle.ts'
import { Page } from './page.ts'
import { PEOPLE } from './people.ts'
import { Sight } from './sight.ts'
import { GATE, type Gate, type Verdict, World } from './world.ts'

export const PER_DOCUMENT = 400
/** Of what pages sent so much is kept to be forged after. */
const PAST = 60

export interface Found {
  /** Offers made and answered. */
  trials: number
  /** How often which make was answered what, as `make verdict`. */
  readonly counts: Record<string, number>
  /** Rows that name just what is another afterwards. */
  exact: number
  readonly failures: string[]
  /** ms, of one offer: judged, applied to three copies and compared. */
  slowest: number
}

export const nothingFound = (): Found => ({ trials: 0, counts: {}, exact: 0, failures: [], slowest: 0 })

/** Makes the offers from `first` to before `end`, which lie in one document. `begin` is told each number before it is made. */
export async function runDocument(
  first: number,
  end: number,
  begin: (number: number) => void = () => undefined,
  gate: Gate = GATE,
): Promise<Found> {
  const found = nothingFound()
  const document = Math.floor(first / PER_DOCUMENT)
  const random = new Random(document)
  const world = new World(phase(random), gate)
  /** Before anybody forges. */
  const quiet = random.pick([0, 10, 60])
  const pages = PEOPLE.flatMap((by) => (by.page === null ? [] : [new Page(by, by.page, world.phase)]))
  const past: Uint8Array[] = []
  /** By row: the offer that made it. */
  const origins: number[] = []
  let number = document * PER_DOCUMENT
  let last: Offer | null = null
  try {
    for (let n = 0; number < end; n++, number++) {
      begin(number)
      const own = new Random(number)
      const isHonest = n < quiet || onceIn(own, 3)
      last = (isHonest ? honest(own, pages, world.rows) : null) ?? forged(new Sight(world.doc, own), past)
      const before = performance.now()
      const verdict = await answer(world, last)
      const ms = performance.now() - before
      while (origins.length < world.rows.length) origins.push(number)
      if (last.make === 'honest' && verdict === 'taken') past.push(...last.updates)
      past.splice(0, past.length - PAST)
      if (number < first) continue
      found.trials++
      count(found.counts, last.make, verdict)
      found.slowest = Math.max(found.slowest, ms)
    }
    last = null
    world.checkWhole()
    for (const page of pages) {
      page.read(world.rows)
      if (stateOf(page.doc) !== stateOf(world.doc))
        throw new Broken(`page ${page.client} shows another document`)
    }
  } catch (error) {
    const broken = error instanceof Broken ? error : new Broken(`${(error as Error).stack}`)
    const culprit = last === null ? culpritIn(world, origins) : number
    found.failures.push(`seed ${culprit}: ${broken.message}${last ? said(last) : ''}`)
  }
  found.exact = world.exact
  return found
}

async function answer(world: World, { by, client, updates, page }: Offer): Promise<Verdict> {
  const knewAll = page?.hasSeen(world.rows)
  const verdict = await world.offer(by, client, updates)
  if (!page || verdict === 'taken' || verdict === 'nothing new') return verdict
  // It did not know yet that the adjudicator had retired the same annotation: else the gate is at fault.
  if (verdict !== 'not-yours' || knewAll) throw new Broken(`an honest change was answered: ${verdict}`)
  page.begin(world.rows)
  return verdict
}

function count(counts: Record<string, number>, make: Make, verdict: Verdict): void {
  const key = `${make} ${verdict}`
  counts[key] = (counts[key] ?? 0) + 1
}

const phase = (random: Random): Phase =>
  onceIn(random, 10) ? random.pick(['decided', 'signed', 'new'] as const) : 'panel'

/** Where the document as a whole is wrong: the offer of the first row that made it so. */
function culpritIn({ rows }: World, origins: readonly number[]): number {
  const row = faultOf(rows) === null ? -1 : rows.findIndex((_, n) => faultOf(rows.slice(0, n + 1)) !== null)
  return origins.at(row) ?? 0
}

const SHOWN = 600
/** Enough to see it; all of it is made again from its number. */
function said({ make, by, client, updates }: Offer): string {
  const bytes = updates.map((one) => Buffer.from(one).toString('base64')).join(' + ')
  return ` (${make}, ${by.role ?? 'no member'} ${by.person} under ${client}: ${bytes.length > SHOWN ? `${bytes.slice(0, SHOWN)} …` : bytes})`
}
