/** What the tools that paint are set to; one's own, for as long as the page is open. */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import { type Accessor, createSignal } from 'solid-js'

export interface ValueRange {
  readonly min: number
  readonly max: number
}

export interface Brush {
  /** Across, mm, as its ring shows it. */
  readonly sizeMm: Accessor<number>
  readonly setSizeMm: (mm: number) => void
  /** To the next larger or smaller one. */
  readonly stepSize: (direction: 1 | -1) => void
  readonly square: Accessor<boolean>
  readonly setSquare: (square: boolean) => void
  readonly ball: Accessor<boolean>
  readonly setBall: (ball: boolean) => void
  /** A pen paints the larger the harder it is pressed. */
  readonly byPressure: Accessor<boolean>
  readonly setByPressure: (byPressure: boolean) => void
  /** What is painted in one segment is taken from the others. */
  readonly exclusive: Accessor<boolean>
  readonly setExclusive: (exclusive: boolean) => void
  /** Of the threshold brush; null: what the window shows between black and white. */
  readonly range: Accessor<ValueRange | null>
  readonly setRange: (range: ValueRange | null) => void
}

/** Radii are whole steps (geometry's grid), so sizes are twice as coarse. */
export const SIZE_STEP_MM = (2 * GRID_LIMITS.radiusStepUm) / 1_000
export const SMALLEST_MM = SIZE_STEP_MM
export const LARGEST_MM = (2 * GRID_LIMITS.radiusUm) / 1_000
/** From size to size by key. */
const FACTOR = 1.2

export function createBrush(): Brush {
  const [sizeMm, setSize] = createSignal(8)
  const [square, setSquare] = createSignal(false)
  const [ball, setBall] = createSignal(false)
  const [byPressure, setByPressure] = createSignal(false)
  const [exclusive, setExclusive] = createSignal(false)
  const [range, setRange] = createSignal<ValueRange | null>(null)
  const setSizeMm = (mm: number): void => void setSize(sizeOf(mm))
  return {
    sizeMm,
    setSizeMm,
    stepSize: (direction) => {
      const now = sizeMm()
      const next = sizeOf(direction === 1 ? now * FACTOR : now / FACTOR)
      setSizeMm(next === now ? now + direction * SIZE_STEP_MM : next)
    },
    square,
    setSquare,
    ball,
    setBall,
    byPressure,
    setByPressure,
    exclusive,
    setExclusive,
    range,
    setRange,
  }
}

/** The nearest size that a brush can have. */
export function sizeOf(mm: number): number {
  const within = Math.min(LARGEST_MM, Math.max(SMALLEST_MM, mm))
  // Tenths, not sums of 0.2: those are no decimal numbers.
  return Math.round(within / SIZE_STEP_MM) / (1 / SIZE_STEP_MM)
}
