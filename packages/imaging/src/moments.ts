/**
 * Several pictures at each place: moments of one volume where every place has as many and something numbers them alike everywhere, else
 * sets that stand side by side. The frames of a film are the moments of one place that nobody knows.
 */
import { distance, dot } from '@consilium/geometry/vec3'
import type { Slice } from './slices.ts'
import { isFilm, normalOf, ordered, SAME_PLACE_MM } from './stacks.ts'

/** One volume to be: all places of the first moment, then of the next. */
export interface Layer<S extends Slice> {
  readonly slices: readonly S[]
  readonly moments: number
  /** Of each moment, ms since the first. */
  readonly times: readonly number[] | null
}

/** @param slices of one stack, without duplicates, in the order of byContent */
export function layersOf<S extends Slice>(slices: readonly S[]): Layer<S>[] {
  if (isFilm(slices)) return [momentsOf([slices.toSorted((a, b) => a.frame - b.frame)])]
  const places = placesOf(ordered(slices))
  const numbered = numberedAlike(places)
  return numbered ? [momentsOf(numbered)] : setsOf(places).map((set) => momentsOf(set.map((one) => [one])))
}

/** Slices in order -> pictures of each place. Without a place each is by itself. */
function placesOf<S extends Slice>(slices: readonly S[]): S[][] {
  const normal = normalOf(slices[0] as S)
  const places: S[][] = []
  let height = Number.NaN
  for (const slice of slices) {
    const at = slice.position === null ? Number.NaN : dot(slice.position, normal)
    if (at - height < SAME_PLACE_MM) places.at(-1)?.push(slice)
    else {
      places.push([slice])
      height = at
    }
  }
  return places
}

/** What may number the pictures of one place, the surest first. */
const NUMBERS: readonly ((slice: Slice) => number | null)[] = [
  (slice) => slice.temporal ?? null,
  (slice) => slice.timeMs ?? null,
  (slice) => slice.technical.acquisitionNumber,
]

/** The pictures of every place in the order of their moments; null where these cannot be told. */
function numberedAlike<S extends Slice>(places: readonly S[][]): S[][] | null {
  const [first = []] = places
  if (first.length < 2 || places.some((place) => place.length !== first.length || !together(place)))
    return null
  for (const number of NUMBERS) {
    const sorted = places.map((place) => place.toSorted((a, b) => (number(a) ?? 0) - (number(b) ?? 0)))
    const numbers = sorted.map((place) => place.map(number))
    const [model = []] = numbers
    const rising = (own: typeof model): boolean =>
      own.every((n, k) => n !== null && (k === 0 || n > (own[k - 1] as number)))
    // Times differ a little from place to place, indices do not.
    const alike = number === NUMBERS[1] || numbers.every((own) => own.join() === model.join())
    if (alike && numbers.every(rising)) return sorted
  }
  return null
}

/** At the same place also within the plane: neighbouring fields of view are no moments. */
const together = (place: readonly Slice[]): boolean =>
  place.every(({ position }) => {
    const at = place[0]?.position
    return position && at && distance(position, at) < SAME_PLACE_MM
  })

/**
 * Where there are as many indices as sets, each set is what has one index, so that a missing picture moves no other into its moment. Else
 * the first picture of every place, then the second of every place that has one, …
 */
function setsOf<S extends Slice>(places: readonly S[][]): S[][] {
  const count = places.reduce((most, place) => Math.max(most, place.length), 0)
  const indexed = Map.groupBy(places.flat(), (slice) => slice.temporal)
  const unique = places.every((place) => new Set(place.map((slice) => slice.temporal)).size === place.length)
  if (unique && indexed.size === count && !indexed.has(undefined))
    return [...indexed.values()].toSorted((a, b) => (a[0]?.temporal ?? 0) - (b[0]?.temporal ?? 0))
  return Array.from({ length: count }, (_, k) => places.flatMap((place) => place.slice(k, k + 1)))
}

/** @param places as many pictures at each */
function momentsOf<S extends Slice>(places: readonly (readonly S[])[]): Layer<S> {
  const moments = places[0]?.length ?? 0
  const slices = Array.from({ length: moments }, (_, k) => places.map((place) => place[k] as S)).flat()
  return { slices, moments, times: moments > 1 ? timesOf(places) : null }
}

/** Places whose moments follow one another at another pace have no times in common; ms. */
const SAME_TIME_MS = 1

function timesOf(places: readonly (readonly Slice[])[]): number[] | null {
  const since = places.map((place) =>
    place.map((slice) => (slice.timeMs ?? Number.NaN) - (place[0]?.timeMs ?? 0)),
  )
  const [times = []] = since
  const agreed = since.every((own) =>
    own.every((ms, k) => Math.abs(ms - (times[k] as number)) < SAME_TIME_MS),
  )
  return agreed && times.every((ms, k) => k === 0 || ms >= (times[k - 1] as number)) ? times : null
}
