/**
 * Component planes -> values beside one another. Colour at half the width, or half of both, is spread with weights 3 to 1 towards the
 * nearer neighbours, as the Independent JPEG Group's reader does; other ratios are repeated (T.81 A.1.1 leaves the way open).
 */
import type { FrameSize } from './codec.ts'
import type { Component, Frame } from './jpegDctHeader.ts'

export function joined(frame: Frame, { rows, columns, samples }: FrameSize): Uint8Array | Uint16Array {
  const length = rows * columns * samples
  const out = frame.precision === 8 ? new Uint8Array(length) : new Uint16Array(length)
  const line = new Uint16Array(columns + 1)
  frame.components.forEach((component, sample) => {
    const x = frame.mostAcross / component.across
    const y = frame.mostDown / component.down
    for (let row = 0, to = sample; row < rows; row++) {
      if (samples === 1 && x === 1 && y === 1) {
        const start = row * component.stride
        out.set(component.plane.subarray(start, start + columns), row * columns)
        continue
      }
      if (x === 2 && y === 1 && component.columns > 2) widened(component, row, line)
      else if (x === 2 && y === 2 && component.columns > 2) spread(component, row, line)
      else repeated(component, row, x, y, line, columns)
      for (let column = 0; column < columns; column++, to += samples) out[to] = line[column] as number
    }
  })
  return out
}

function repeated(
  { plane, stride }: Component,
  row: number,
  x: number,
  y: number,
  line: Uint16Array,
  columns: number,
): void {
  const start = Math.floor(row / y) * stride
  for (let column = 0; column < columns; column++)
    line[column] = plane[start + Math.floor(column / x)] as number
}

function widened({ plane, stride, columns }: Component, row: number, line: Uint16Array): void {
  const start = row * stride
  const last = columns - 1
  for (let k = 0; k < columns; k++) {
    const here = plane[start + k] as number
    const left = plane[start + Math.max(0, k - 1)] as number
    const right = plane[start + Math.min(last, k + 1)] as number
    line[2 * k] = k === 0 ? here : (3 * here + left + 1) >> 2
    line[2 * k + 1] = k === last ? here : (3 * here + right + 2) >> 2
  }
}

function spread({ plane, stride, columns, rows }: Component, row: number, line: Uint16Array): void {
  const near = row >> 1
  const far = Math.min(rows - 1, Math.max(0, row % 2 === 0 ? near - 1 : near + 1))
  const sum = (k: number): number =>
    3 * (plane[near * stride + k] as number) + (plane[far * stride + k] as number)
  const last = columns - 1
  for (let k = 0; k < columns; k++) {
    const here = sum(k)
    line[2 * k] = k === 0 ? (here * 4 + 8) >> 4 : (here * 3 + sum(k - 1) + 8) >> 4
    line[2 * k + 1] = k === last ? (here * 4 + 7) >> 4 : (here * 3 + sum(k + 1) + 7) >> 4
  }
}
