/** When surfaces are made: of segments that are seen, in the worker, anew once painting rests. The worker answers when the test says so. */
import type { Grid } from '@consilium/geometry/raster/grid'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { meshOf, type VolumeSurface } from './surface.ts'
import type { SurfaceJob, SurfaceReply } from './surface.worker.ts'
import { type SegmentVoxels, Surfaces, type VolumeSegment } from './surfaces.ts'

const grid: Grid = { size: [20, 20, 10], spacingUm: [1_000, 1_000, 2_000] }
const lattice = {
  origin: [0, 0, 0],
  row: [1, 0, 0],
  column: [0, 1, 0],
  columnSpacing: 1,
  rowSpacing: 1,
  step: [0, 0, 2],
  columns: 20,
  rows: 20,
  slices: 10,
} as const
const segment = (id: string, visible = true): VolumeSegment => ({
  id,
  title: id,
  colour: '#ff0000',
  opacity: 0.5,
  visible,
})

let jobs: SurfaceJob[] = []
let answer: (reply: SurfaceReply) => void = () => {}
class Worker {
  addEventListener(_: 'message', listener: (event: { readonly data: SurfaceReply }) => void): void {
    answer = (data) => listener({ data })
  }
  postMessage(job: SurfaceJob): void {
    jobs.push(job)
  }
  terminate(): void {}
}

/** Boxes of voxels that tests paint, one for each segment. */
let wide = 4
let counted: (segments: Iterable<string>) => void = () => {}
const voxels: SegmentVoxels = {
  grid,
  slices: () => Int32Array.from({ length: 10 }, (_, z) => (z >= 3 && z < 6 ? wide * 5 : 0)),
  copyBox: (_, box, target, label) => {
    for (let y = 7; y < 12; y++)
      for (let x = 2; x < 2 + wide; x++) if (box.z0 >= 3 && box.z0 < 6) target[y * 20 + x] = label
  },
  onCounted: (listener) => {
    counted = listener
    return () => {
      counted = () => {}
    }
  },
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('Worker', Worker)
  jobs = []
  wide = 4
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What waits is done; so is what the worker was given. */
async function done(): Promise<void> {
  await vi.runAllTimersAsync()
  for (const { id, region, ground } of jobs.splice(0)) {
    answer({ id, mesh: meshOf(region, ground), fault: null })
    await vi.runAllTimersAsync()
  }
}

function opened(): {
  readonly surfaces: Surfaces
  shown(): readonly VolumeSurface[]
  faults: (string | null)[]
} {
  let last: readonly VolumeSurface[] = []
  const faults: (string | null)[] = []
  const surfaces = new Surfaces(lattice, {
    show: (made) => {
      last = made
    },
    fault: (sentence) => faults.push(sentence),
  })
  return { surfaces, shown: () => last, faults }
}

it('[V69] of segments that are seen, each once, in its colour; of what is hidden none is made', async () => {
  const { surfaces, shown } = opened()
  surfaces.setVoxels(voxels)
  surfaces.setSegments([segment('a'), segment('b', false)])
  await done()
  await done()
  expect(shown().map(({ colour, opacity }) => [colour, opacity])).toEqual([[[1, 0, 0], 0.5]])
  surfaces.setSegments([{ ...segment('a'), opacity: 1 }, segment('b', false)])
  expect([shown()[0]?.opacity, jobs.length]).toEqual([1, 0])
  surfaces.setSegments([segment('a', false)])
  expect(shown()).toEqual([])
})

it('[V69] what is painted is made anew once it rests; until then the old surface stands', async () => {
  const { surfaces, shown } = opened()
  surfaces.setVoxels(voxels)
  surfaces.setSegments([segment('a')])
  await done()
  const before = shown()[0]?.mesh
  wide = 9
  for (let stroke = 0; stroke < 5; stroke++) {
    counted(['a'])
    await vi.advanceTimersByTimeAsync(300)
  }
  expect([shown()[0]?.mesh === before, jobs.length]).toEqual([true, 0])
  await done()
  const after = shown()[0]?.mesh
  const across = Math.max(...(after?.vertices.filter((_, at) => at % 3 === 0) ?? []))
  expect(across).toBeGreaterThan(9)
})

it('why there is none is said with the name of the segment', async () => {
  const { surfaces, shown, faults } = opened()
  surfaces.setVoxels(voxels)
  surfaces.setSegments([segment('Liver')])
  await vi.runAllTimersAsync()
  answer({ id: jobs[0]?.id ?? 0, mesh: null, fault: 'It is too large.' })
  expect([shown(), faults.at(-1)]).toEqual([[], 'Liver has no surface. It is too large.'])
})
