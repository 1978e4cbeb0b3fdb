/** Rescaled value to grey: DICOM's VOI functions (PS3.3 C.11.2.1.2, C.11.2.1.3) and tables (C.11.2.1.1). Display only, and pure. */
import type { Window } from '../stage/scene.ts'
import { type Greys, type VoiFunction, type VoiLut, voiFunctionOf } from './greys.ts'

/** Grey of a rescaled value, `from` to `to`, not rounded. */
export function voi(
  { center, width }: Window,
  name: VoiFunction = 'LINEAR',
  from = 0,
  to = 255,
): (value: number) => number {
  const span = to - from
  if (name === 'SIGMOID') return (value) => span / (1 + Math.exp((-4 * (value - center)) / width)) + from
  const middle = name === 'LINEAR' ? center - 0.5 : center
  const wide = name === 'LINEAR' ? Math.max(width, 1) - 1 : width
  const low = middle - wide / 2
  const high = middle + wide / 2
  return (value) => (value <= low ? from : value > high ? to : ((value - middle) / wide + 0.5) * span + from)
}

/** The other way round for MONOCHROME1: the least value is white (PS3.3 C.7.6.3.1.2). */
export const inverted = (display: number, from = 0, to = 255): number => to - display + from

/** How values become grey on screen, 0 to 255: `low` up to the value `from`, `high` above `to`, `grey` between them. */
export interface Tone {
  readonly from: number
  readonly to: number
  readonly low: number
  readonly high: number
  readonly grey: (value: number) => number
}

export function toneOf(greys: Greys, window: Window): Tone {
  const table = window.table === undefined ? undefined : greys.voiLuts[window.table]
  if (table) return toneOfTable(table)
  const name = voiFunctionOf(greys)
  const middle = name === 'LINEAR' ? window.center - 0.5 : window.center
  const reach = reachOf(name, window.width)
  return { from: middle - reach, to: middle + reach, low: 0, high: 255, grey: voi(window, name) }
}

/** The window that a table spans, for the read-out, and to start from when a hand changes it. */
export function windowOfTable(table: VoiLut, index: number): Window {
  const { length } = valuesOf(table)
  return { center: table.first + length / 2, width: length, table: index }
}

/** From the middle to where the grey is that of the end: a sigmoid's last step to it is smaller than half a grey two widths away. */
const reachOf = (name: VoiFunction, width: number): number =>
  name === 'LINEAR' ? (Math.max(width, 1) - 1) / 2 : name === 'LINEAR_EXACT' ? width / 2 : 2 * width

function toneOfTable(table: VoiLut): Tone {
  const values = valuesOf(table)
  const last = values.length - 1
  const white = 2 ** table.bits - 1
  const at = (index: number): number => Math.min(255, ((values[index] ?? 0) / white) * 255)
  return {
    from: table.first,
    to: table.first + last,
    low: at(0),
    high: at(last),
    grey: (value) => at(Math.max(0, Math.min(last, Math.round(value) - table.first))),
  }
}

const decoded = new WeakMap<VoiLut, Uint16Array>()

function valuesOf(table: VoiLut): Uint16Array {
  let values = decoded.get(table)
  if (!values) {
    const bytes = Uint8Array.from(atob(table.values), (letter) => letter.charCodeAt(0))
    values = new Uint16Array(bytes.buffer, 0, bytes.length >> 1)
    decoded.set(table, values)
  }
  return values
}
