/**
 * One random session of painting, out of its seed alone: a few people with a page or two each, who paint, undo, are cut off, are loaded
 * again, while the server archives and starts anew. In the end everybody, and somebody who joins only then, must see in every voxel what
 * follows from the definition (the oracle), and whose it is.
 */
import { annotate } from '@consilium/crdt-schema/acts'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { LANE_LIMITS } from '@consilium/crdt-schema/painting/limits'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Axis } from '@consilium/geometry/raster/shape'
import { digestOf } from '../../apps/collab-server/src/revisions/digest.ts'
import { type Truth, truthOf } from '../../packages/crdt-schema/src/kinds/mask/engine/testing/oracle.ts'
import { Random } from '../../packages/crdt-schema/src/kinds/mask/engine/testing/random.ts'
import { House, SERIES, type Somebody } from './house.ts'
import { Page } from './page.ts'
import type { Recorded } from './replay.ts'
import { Seen } from './seen.ts'

/** Lanes of a few elements, so that every session fills some. */
const ELEMENTS = 12
const AXIAL: Axis = 2

export interface Outcome {
  readonly acts: number
  readonly switches: number
  readonly archives: number
  readonly lanes: number
  /** Of all voxels of all segments and whose they are, to be compared with other machines. */
  readonly hash: number
}

/** With all that it takes to see the same again. */
export interface Played extends Outcome {
  readonly recorded: Recorded
}

/** Throws where anything is not as it must be. */
export function session(seed: number): Played {
  const usual = LANE_LIMITS.elements
  const limits = LANE_LIMITS as { elements: number }
  limits.elements = ELEMENTS
  try {
    return new Session(seed).run()
  } finally {
    limits.elements = usual
  }
}

class Session {
  readonly #random: Random
  readonly #grid: Grid
  readonly #house: House
  readonly #meant: MaskAct[] = []
  readonly #pages: Page[] = []
  readonly #segments: string[] = []
  #archives = 0

  constructor(seed: number) {
    const random = new Random(seed)
    this.#random = random
    this.#grid = {
      size: [random.whole(4, 20), random.whole(3, 12), random.whole(1, 4)],
      spacingUm: random.pick([
        [700, 700, 1_250],
        [1_000, 1_000, 1_000],
        [488, 976, 5_000],
      ]),
    }
    this.#house = new House(this.#grid)
    for (let n = random.whole(2, 6); n > 0; n--) this.#pages.push(this.#page(n))
  }

  run(): Played {
    this.#open()
    for (let steps = this.#random.whole(10, 36); steps > 0; steps--) this.#step()
    for (const page of this.#pages) page.isOnline = true
    for (const page of this.#pages) page.send()
    const late = this.#page(1)
    this.#pages.push(late)
    for (const page of this.#pages) page.receive(Number.POSITIVE_INFINITY)
    const truths = this.#segments.map((segment) => truthOf(this.#meant, segment, this.#grid))
    for (const page of this.#pages) this.#check(page, truths)
    for (const page of [late, this.#random.pick(this.#pages)])
      if (digest(page.doc) !== digest(this.#house.doc)) throw new Error('a page holds another document')
    return {
      acts: this.#meant.length,
      switches: this.#meant.filter(({ body }) => body.act !== 'paint').length,
      archives: this.#archives,
      lanes: this.#house.doc.getMap('masks').size,
      hash: hashOf(truths),
      recorded: {
        grid: this.#grid,
        segments: this.#segments,
        rows: this.#house.rows,
        files: this.#house.files,
      },
    }
  }

  /** The third has two pages; the first two are adjudicators now and then. */
  #page(n: number): Page {
    const person = n === 4 ? 3 : n
    const role = person <= 2 && this.#random.once(2) ? 'adjudicator' : 'reader'
    const who: Somebody = this.#pages.find((page) => page.who.person === person)?.who ?? { person, role }
    return new Page(this.#house, this.#grid, who, this.#meant)
  }

  #open(): void {
    const [first] = this.#pages
    const source = { series: SERIES, frame: 0, normal: [0, 0, 1] } as const
    for (let n = this.#random.whole(1, 2); n > 0 && first; n--)
      this.#segments.push(annotate(first.doc, { kind: 'segment', label: '', source, points: [] }))
    first?.send()
    for (const page of this.#pages) page.receive(Number.POSITIVE_INFINITY)
  }

  #step(): void {
    const random = this.#random
    const page = random.pick(this.#pages)
    const what = random.whole(0, 23)
    if (what < 9) page.paint(random, this.#segments)
    else if (what < 11) page.undo()
    else if (what < 12) page.redo()
    else if (what < 14) page.turnOwn(random)
    else if (what < 15 && page.who.role === 'adjudicator') page.turnAsAdjudicator(random)
    else if (what < 16) page.bringToTop(random)
    else if (what < 18) page.isOnline = !page.isOnline
    else if (what < 19) page.reload()
    else if (what < 20) this.#share(page)
    else if (what < 21 && random.once(2)) this.#archives += this.#house.archive() ? 1 : 0
    else if (what < 22 && random.once(2)) this.#house.restart()
    for (const one of this.#pages) {
      if (random.once(2)) one.send()
      if (random.once(2)) one.receive(random.whole(1, 4))
    }
  }

  /** Two pages of one browser know of each other before the server does. */
  #share(page: Page): void {
    const twin = this.#pages.find((one) => one !== page && one.who.person === page.who.person)
    if (twin) page.copyTo(twin)
  }

  #check(page: Page, truths: readonly Truth[]): void {
    page.engine.step()
    const [nx, ny, nz] = this.#grid.size
    truths.forEach(({ tops }, s) => {
      const segment = this.#segments[s] as string
      for (let z = 0; z < nz; z++) {
        const bits = new Uint8Array(nx * ny)
        const numbers = new Uint32Array(nx * ny)
        page.engine.copySlice(segment, AXIAL, z, bits)
        page.engine.actsOfSlice(segment, AXIAL, z, numbers)
        for (let i = 0; i < nx * ny; i++) {
          const top = tops[z * nx * ny + i] ?? null
          const found = numbers[i] === 0 ? null : page.engine.act(numbers[i] as number)
          const isSet = top?.body.act === 'paint' && top.body.value === 1
          if (isSet !== (bits[i] === 1)) throw new Error(`voxel ${i} of slice ${z} is ${bits[i]}`)
          if (top?.id.client !== found?.id.client || top?.id.lamport !== found?.id.lamport)
            throw new Error(`voxel ${i} of slice ${z} is said to be another’s`)
        }
      }
    })
  }
}

function digest(doc: House['doc']): string {
  const steps = digestOf(doc)
  for (;;) {
    const step = steps.next()
    if (step.done) return Buffer.from(step.value).toString('hex')
  }
}

function hashOf(truths: readonly Truth[]): number {
  const seen = new Seen()
  for (const { tops } of truths) for (const top of tops) seen.voxel(top)
  return seen.hash
}
