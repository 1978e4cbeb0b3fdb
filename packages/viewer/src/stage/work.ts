/** In which colours something was drawn at each step of the slice bar, counted on from scene to scene: of ten thousand most are the same. */
import { middleOf } from '@consilium/geometry/vec3'
import { rowOf } from '../panes/moments.ts'
import { frameAt } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { SceneAnnotation } from './scene.ts'

type Sliced = Pick<SeriesFrames, 'meta' | 'planes' | 'base'>

interface Counted {
  readonly at: number
  readonly colour: string
}

export class Work {
  #annotations: readonly SceneAnnotation[] = []
  #series: Sliced | null = null
  /** By place in the list. */
  #counted: Counted[] = []
  /** By step, then by colour. */
  readonly #counts = new Map<number, Map<string, number>>()

  of(annotations: readonly SceneAnnotation[], series: Sliced): ReadonlyMap<number, readonly string[]> {
    if (series !== this.#series) this.#restart(series)
    const before = this.#annotations
    for (let i = 0; i < Math.max(annotations.length, before.length); i++) {
      const entry = annotations[i]
      if (entry === before[i]) continue
      const was = this.#counted[i]
      if (was) this.#count(was, -1)
      if (!entry) continue
      const is = { at: stepOf(entry, series), colour: entry.colour }
      this.#counted[i] = is
      this.#count(is, 1)
    }
    this.#counted.length = annotations.length
    this.#annotations = annotations
    // In one order, however they came.
    return new Map([...this.#counts].map(([at, colours]) => [at, [...colours.keys()].sort()]))
  }

  #restart(series: Sliced): void {
    this.#series = series
    this.#annotations = []
    this.#counted = []
    this.#counts.clear()
  }

  #count({ at, colour }: Counted, by: 1 | -1): void {
    const colours = this.#counts.get(at) ?? new Map<string, number>()
    const count = (colours.get(colour) ?? 0) + by
    if (count > 0) colours.set(colour, count)
    else colours.delete(colour)
    if (colours.size > 0) this.#counts.set(at, colours)
    else this.#counts.delete(at)
  }
}

/** At whatever moment. */
function stepOf({ annotation: { source, vertices } }: SceneAnnotation, series: Sliced): number {
  const frame = series.base
    ? frameAt(series, source.frame, middleOf(vertices.map((vertex) => vertex.at)))
    : source.frame
  return rowOf(frame, series.meta).at
}
