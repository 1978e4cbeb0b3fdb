import type { Samples } from '@consilium/imaging/samples'
import { describe, expect, it } from 'vitest'
import { planesOf, type SeriesFrames, type SeriesMeta } from '../panes/series.ts'
import { madeMeta } from '../testing/meta.ts'
import type { Camera } from './camera.ts'
import { probeAt } from './probe.ts'

/** One CSS pixel per pixel, the first one at the corner. */
const camera: Camera = {
  right: [1, 0, 0],
  down: [0, 1, 0],
  center: [-49, -49, 0],
  mmPerPixel: 1,
  width: 2,
  height: 2,
}
const series = (meta: SeriesMeta, stored: Samples | null): SeriesFrames => ({
  meta,
  planes: planesOf(meta),
  onlyLower: false,
  have: () => stored !== null,
  stored: () => stored,
  drawable: () => stored && { values: stored, rows: meta.rows, columns: meta.columns, factor: 1 },
  progress: () => ({ here: 1, total: 1, fault: null }),
  lookAt() {},
  onFrame: () => () => {},
  onProgress: () => () => {},
  retry() {},
  close() {},
})

describe('what lies under the pointer', () => {
  it('its place in the patient and in the picture, and its rescaled value', () => {
    const one = series(madeMeta(), Int16Array.of(0, 1000, 2000, 3000))
    expect(probeAt(one, 0, camera, { x: 1, y: 0 })).toEqual({
      at: [-49, -50, 0],
      frame: 0,
      pixel: [2, 1],
      value: -24,
    })
  })
  it('[W65] the value by the slope and intercept of its own frame', () => {
    const rescales = [
      { slope: 1, intercept: 0 },
      { slope: 0.5, intercept: 3 },
    ]
    const two = series(madeMeta({ slices: 2, rescales }), Int16Array.of(10, 0, 0, 0))
    expect([0, 1].map((frame) => probeAt(two, frame, camera, { x: 0, y: 0 })?.value)).toEqual([10, 8])
  })
  it('[W64] of colour red, green and blue', () => {
    const rgb = series(
      madeMeta({ samples: 'uint8x3', photometric: 'RGB' }),
      Uint8Array.from({ length: 12 }, (_, i) => i),
    )
    expect(probeAt(rgb, 0, camera, { x: 1, y: 1 })?.value).toEqual([9, 10, 11])
  })
  it('nothing on padding, outside, and before the picture is here', () => {
    const padded = series(madeMeta({ padding: -2000 }), Int16Array.of(-2000, 0, 0, 0))
    expect(probeAt(padded, 0, camera, { x: 0, y: 0 })?.value).toBeNull()
    expect(probeAt(padded, 0, camera, { x: 9, y: 0 })).toMatchObject({ pixel: null, value: null })
    expect(probeAt(series(madeMeta(), null), 0, camera, { x: 0, y: 0 })?.value).toBeNull()
  })
})
