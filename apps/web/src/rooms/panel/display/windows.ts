/** Which windows a series offers, and how a window is written. Pure. */
import type { Window } from '@consilium/viewer/scene'
import {
  fromFile,
  isColour,
  isUptake,
  type Preset,
  presetsFor,
  type Windowed,
} from '@consilium/viewer/window'
import { number, trimmed } from '../../../format.ts'

/** The file's own first. */
export const offeredBy = (series: Windowed | null): readonly Preset[] =>
  series ? [...fromFile(series), ...presetsFor(series)] : []

export const isSame = (a: Window | undefined, { center, width, table }: Window): boolean =>
  near(a?.center, center) && near(a?.width, width) && a?.table === table

/** "Lung −600 / 1 500": a window of those offered goes by its name too. */
export function windowWords(window: Window, series: Windowed): string {
  const name = offeredBy(series).find((one) => isSame(window, one))?.name
  // Of a picture in colour and of uptake the figures say nothing that the name does not.
  if (name && (isColour(series) || isUptake(series.rescale.unit))) return name
  return `${name ? `${name} ` : ''}${windowFigure(window.center)} / ${windowFigure(window.width)}`
}

/** By hand a window is set in whole values, or in small steps where values are small. */
const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) < Math.max(0.5, Math.abs(b)) * 1e-3

/** Whole, or to three figures where it is small. */
export const windowFigure = (value: number): string =>
  Math.abs(value) >= 100 || Number.isInteger(value)
    ? number(value)
    : trimmed(value, Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))))
