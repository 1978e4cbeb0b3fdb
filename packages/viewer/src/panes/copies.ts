/**
 * What of a series is in memory: its values, the same in less detail, or one of both; which pack is to come next, and which are let go for
 * it. Where there is less room than the values need, those nearest to where one looks stay.
 */
import type { Samples } from '@consilium/imaging/samples'
import { bytesOfCopy, Copy } from './copy.ts'
import {
  type Around,
  nextOfTwo,
  nextPack,
  type Pack,
  type PackState,
  packsToDrop,
  type Waiting,
} from './packs.ts'
import type { Drawable, SeriesMeta } from './series.ts'
import { SeriesUnusable } from './unusable.ts'

/** Values of a series beyond which a page comes near to what browsers give it. */
const MOST_BYTES = 1.5 * 2 ** 30

/** Of its values, and of the copy in less detail. */
export function bytesOfSeries(meta: SeriesMeta): number {
  const { frames, samples, lower } = meta
  const whole = bytesOfCopy(meta)
  if (!lower) return whole
  return bytesOfCopy({ ...lower, frames, samples }) + (whole > MOST_BYTES ? 0 : whole)
}

export interface Wanted {
  readonly copy: Copy
  /** Of the pack. */
  readonly index: number
}

export class Copies {
  readonly #meta: SeriesMeta
  readonly #whole: Copy | null
  readonly #lower: Copy | null
  readonly #main: Copy
  /** What comes first, first. */
  readonly all: readonly Copy[]
  readonly #looking = new Map<object | undefined, number>()
  #room = Number.POSITIVE_INFINITY

  /** Throws SeriesUnusable where there is no memory for either. */
  constructor(meta: SeriesMeta) {
    const { whole, lower } = copiesOf(meta)
    this.#meta = meta
    this.#whole = whole
    this.#lower = lower
    this.#main = whole ?? lower
    this.all = [lower, whole].filter((copy) => copy !== null)
  }

  /** The values do not fit into memory. */
  get onlyLower(): boolean {
    return this.#whole === null
  }

  get hasLower(): boolean {
    return this.#lower !== null
  }

  /** Frames here, of what is to come in the end. */
  get here(): number {
    return this.#main.here
  }

  isLower(copy: Copy): boolean {
    return copy === this.#lower
  }

  have(frame: number): boolean {
    return this.#main.have(frame)
  }

  stored(frame: number): Samples | null {
    return this.#whole?.stored(frame) ?? null
  }

  drawable(frame: number): Drawable | null {
    return drawableOf(this.#whole, frame, 1) ?? drawableOf(this.#lower, frame, this.#meta.lower?.factor ?? 1)
  }

  /** Packs in this state. */
  count(state: PackState): number {
    return this.all.reduce((sum, { states }) => sum + states.filter((one) => one === state).length, 0)
  }

  /** True where not all may stay, so that what comes next depends on it. */
  lookAt(frame: number, who: object | undefined): boolean {
    this.#looking.set(who, frame)
    return this.#whole !== null && this.#whole.bytes > this.#room
  }

  leave(who: object | undefined): void {
    this.#looking.delete(who)
  }

  allow(bytes: number): void {
    this.#room = bytes
    if (this.#whole) this.#drop(tooFar(this.#whole, bytes, this.#around()))
  }

  /** The next pack to ask for, with room made for it; null where there is none, or no room for it. */
  next(): Wanted | null {
    const [whole, lower, around] = [this.#whole, this.#lower, this.#around()]
    if (!whole || !lower) {
      const index = nextPack(this.#main.meta.packs, this.#main.states, around)
      return index === null || (whole && !this.#makeRoom(whole, index)) ? null : { copy: this.#main, index }
    }
    lower.leaveOutWhat(whole)
    const found = nextOfTwo(waitingOf(lower), waitingOf(whole), around)
    if (found?.of !== 'whole' || this.#makeRoom(whole, found.index))
      return found && { copy: found.of === 'lower' ? lower : whole, index: found.index }
    // There is no room for more values; less detail takes little.
    const index = nextPack(lower.meta.packs, lower.states, around)
    return index === null ? null : { copy: lower, index }
  }

  /** Throws where there is none: the browser may have less than was allowed, and then what is here is all there may be. */
  memoryFor(copy: Copy, pack: Pack): Samples {
    try {
      return copy.placeOf(pack)
    } catch (error) {
      const whole = this.#whole
      if (whole) this.#room = Math.min(this.#room, (whole.bytes / this.#meta.frames) * whole.here)
      throw error
    }
  }

  #around(): readonly number[] | null {
    return this.#looking.size === 0 ? null : [...this.#looking.values()]
  }

  /** Room is made for the values of a pack; false where there is none for it. */
  #makeRoom(whole: Copy, index: number): boolean {
    if (whole.bytes <= this.#room) return true
    const bytesOf = (pack: Pack): number => whole.bytesOf(pack)
    const dropped = packsToDrop(waitingOf(whole), bytesOf, index, this.#room, this.#around())
    this.#drop(dropped ?? [])
    return dropped !== null
  }

  #drop(packs: readonly number[]): void {
    for (const one of packs) this.#whole?.drop(one)
    if (packs.length > 0) this.#lower?.wantAgain()
  }
}

const waitingOf = ({ meta: { packs }, states }: Copy): Waiting => ({ packs, states })

function drawableOf(copy: Copy | null, frame: number, factor: number): Drawable | null {
  const values = copy?.stored(frame)
  return copy && values ? { values, rows: copy.meta.rows, columns: copy.meta.columns, factor } : null
}

/** What lies farthest away, until the rest fits; what is looked at stays. */
function tooFar(copy: Copy, room: number, around: Around): readonly number[] {
  const { packs } = copy.meta
  const near = nextPack(
    packs,
    copy.states.map((state) => (state === 'here' ? 'waiting' : 'here')),
    around,
  )
  if (near === null) return []
  const held = copy.states.map((state, index): PackState => (index === near ? 'waiting' : state))
  return packsToDrop({ packs, states: held }, (pack) => copy.bytesOf(pack), near, room, around) ?? []
}

type Both =
  | { readonly whole: Copy; readonly lower: Copy | null }
  | { readonly whole: null; readonly lower: Copy }

/** In memory. The values themselves, unless there is less detail to show and they would not fit. */
function copiesOf(meta: SeriesMeta): Both {
  const { frames, samples } = meta
  const bytes = bytesOfCopy(meta)
  const lower = meta.lower && new Copy({ ...meta.lower, frames, samples })
  if (lower && bytes > MOST_BYTES) return { whole: null, lower }
  try {
    return { whole: new Copy(meta), lower }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    if (lower) return { whole: null, lower }
    throw new SeriesUnusable(
      `The series needs ${Math.ceil(bytes / 2 ** 20)} MB of memory; this browser does not give so much. If it came in just now, a copy in less detail is being made.`,
    )
  }
}
