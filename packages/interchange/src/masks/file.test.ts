/** Where files lie that say it frame by frame, as DICOM does. */
import type { Instance } from '@consilium/imaging/read'
import { expect, it } from 'vitest'
import { latticeOfFile } from './file.ts'

const instance = (...heights: readonly number[]): Instance =>
  ({
    technical: { columns: 2, rows: 1, photometric: 'MONOCHROME2' },
    frames: heights.map((mm) => ({
      pixels: new Uint16Array(2),
      position: [5, 6, mm],
      orientation: { row: [1, 0, 0], column: [0, 1, 0] },
      spacing: { row: 0.5, column: 0.7, at: 'patient' },
      rescale: { slope: 1, intercept: 0 },
      windows: [],
    })),
  }) as unknown as Instance

it('[M84] frames that lie evenly are a grid; otherwise they are refused in a sentence', () => {
  expect(latticeOfFile(instance(4, 2, 0))).toEqual({
    size: [2, 1, 3],
    steps: [
      [0.7, 0, 0],
      [0, 0.5, 0],
      [0, 0, -2],
    ],
    origin: [5, 6, 4],
    isPlaced: true,
  })
  for (const heights of [
    [0, 2, 1],
    [0, 1, 3],
  ])
    expect(() => latticeOfFile(instance(...heights))).toThrow(
      'The slices of the file are not evenly spaced, or not in their order.',
    )
})
