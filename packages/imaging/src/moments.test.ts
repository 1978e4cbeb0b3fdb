/** Several pictures at each place: moments where every place has as many and something numbers them, films, and what is neither. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInstance } from './dicom/read.ts'
import { readNifti } from './nifti/read.ts'
import { arrange, type Slice, slicesOf, type Volume } from './series.ts'
import { clean } from './testing/clean.ts'
import { HAVE_DATA, readData } from './testing/manifest.ts'
import { niftiBytes } from './testing/nifti.ts'
import { type SliceOptions, slice } from './testing/slice.ts'

/** `moments` pictures at each of three places, the moment said in one way. */
const grid = (moments: number, said: (moment: number, place: number) => SliceOptions): Slice[] =>
  [0, 1, 2].flatMap((place) =>
    Array.from({ length: moments }, (_, moment) =>
      slice({ position: [0, 0, place * 2], sha256: `${moment}@${place}`, ...said(moment, place) }),
    ),
  )
const shapeOf = ({ positions, moments, times, slices }: Volume) => [
  positions.length,
  moments,
  times,
  slices.map(({ sha256 }) => sha256).join(' '),
]

describe('[I55] pictures that share their places', () => {
  const inOrder = '0@0 0@1 0@2 1@0 1@1 1@2'

  it.each<[string, (moment: number, place: number) => SliceOptions, number[] | null]>([
    ['an index', (m) => ({ temporal: m + 1 }), null],
    ['an index and times', (m) => ({ temporal: m + 1, timeMs: 250 * m + 100 }), [0, 250]],
    ['times', (m) => ({ timeMs: 40 * m }), [0, 40]],
    ['times that begin elsewhere at each place', (m, p) => ({ timeMs: 40 * m + 7 * p }), [0, 40]],
    ['times of another pace at each place', (m, p) => ({ timeMs: m * (40 + 5 * p) }), null],
    ['the acquisition', (m) => ({ acquisition: m + 4 }), null],
  ])('are moments of one volume where they are told apart by %s', async (_, said, times) => {
    const volumes = await arrange(grid(2, said))
    expect(volumes.map(shapeOf)).toEqual([[3, 2, times, inOrder]])
    expect(volumes[0]?.spacing.slice).toBe(2)
    expect(volumes[0]?.positions.map(([, , z]) => z)).toEqual([0, 2, 4])
    expect(volumes[0]?.warnings).toEqual(
      times
        ? []
        : [
            'Each place has 2 pictures, one after the other; the files do not say how much time lies between them.',
          ],
    )
  })

  it('[S3] make the same volume in whatever order they come', async () => {
    const slices = grid(4, (m) => ({ temporal: m + 1, timeMs: m * 10 }))
    const [plain] = await arrange(slices)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(slices, { minLength: 12 }), async (shuffled) => {
        const [volume, ...rest] = await arrange(shuffled)
        expect(rest).toEqual([])
        expect(volume?.fingerprint).toBe(plain?.fingerprint)
        expect(volume?.frameSha256).toEqual(plain?.frameSha256)
      }),
    )
  })

  it.each<[string, Slice[], number]>([
    ['one place has fewer', grid(2, (m) => ({ temporal: m + 1 })).slice(1), 2],
    ['nothing numbers them', grid(2, () => ({})), 2],
    ['they are numbered otherwise at another place', grid(2, (m, p) => ({ temporal: m + p })), 2],
    ['two have one number', grid(3, (m) => ({ temporal: Math.min(m, 1) })), 3],
    ['some have no number', grid(2, (m) => (m === 0 ? { temporal: 1 } : {})), 2],
    ['they lie beside one another', grid(2, (m, p) => ({ temporal: m, position: [m, 0, p] })), 2],
  ])('stand side by side as sets, and it is said, where %s', async (_, slices, sets) => {
    const volumes = await arrange(slices)
    expect(volumes.map(({ moments, times }) => [moments, times])).toEqual(Array(sets).fill([1, null]))
    expect(volumes.reduce((sum, volume) => sum + volume.slices.length, 0)).toBe(slices.length)
    expect(volumes.map(({ warnings }) => warnings[0])).toEqual(
      volumes.map((_, k) => `Several pictures lie at the same place; this is set ${k + 1} of ${sets}.`),
    )
  })

  it('[S4] a picture that is missing moves no other into its moment', async () => {
    const [, ...some] = grid(2, (m) => ({ temporal: m + 1 }))
    const volumes = await arrange(some)
    expect(volumes.map(({ slices }) => slices.map(({ sha256 }) => sha256))).toEqual([
      ['0@1', '0@2'],
      ['1@0', '1@1', '1@2'],
    ])
  })

  it('[S4] a place that is missing in every moment is a gap', async () => {
    const slices = grid(2, (m, p) => ({ temporal: m, position: [0, 0, p === 2 ? 6 : p * 2] }))
    const [volume] = await arrange([
      ...slices,
      ...[0, 1].map((temporal) => slice({ temporal, position: [0, 0, 8] })),
    ])
    expect([volume?.moments, volume?.spacing.slice]).toEqual([2, null])
    expect(volume?.warnings[1]).toMatch(/4 mm between slices 2 and 3, 1 slice missing/)
  })

  it('[I54] each frame keeps its own scale, moment after moment', async () => {
    const [volume] = await arrange(
      grid(2, (m, p) => ({ temporal: m, rescale: { slope: 1 + m, intercept: p } })),
    )
    expect(volume?.rescales?.map(({ slope, intercept }) => [slope, intercept])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [2, 0],
      [2, 1],
      [2, 2],
    ])
  })
})

describe('[I56] frames that do not say where they lie', () => {
  const film = (frames: number, also: SliceOptions = {}, step?: number): Slice[] =>
    Array.from({ length: frames }, (_, frame) =>
      slice({
        uids: { study: 's', series: 'r', instance: 'film', frameOfReference: null },
        position: null,
        orientation: null,
        frame,
        ...(step && { timeMs: frame * step }),
        ...also,
      }),
    )

  it('are moments of one place with their times, never slices', async () => {
    const [volume, ...rest] = await arrange(film(12, {}, 40).toReversed())
    expect(rest).toEqual([])
    expect(volume).toMatchObject({ moments: 12, positions: [[0, 0, 0]], spacing: { slice: null } })
    expect(volume?.times?.slice(0, 3)).toEqual([0, 40, 80])
    expect(volume?.slices.map(({ frame }) => frame)).toEqual([...Array(12).keys()])
    expect(volume?.warnings[0]).toBe(
      'The file does not say where its pictures lie; they are shown as a film, and only in-plane distances hold.',
    )
  })

  it('say so where they have no times either', async () => {
    const [volume] = await arrange(film(3))
    expect([volume?.moments, volume?.times]).toEqual([3, null])
    expect(volume?.warnings[0]).toMatch(/^The file says neither where its pictures lie nor when/)
  })

  it('of several files of one series are several films, and single pictures stay together', async () => {
    const other = { uids: { study: 's', series: 'r', instance: 'other', frameOfReference: null } }
    const single = () => slice({ position: null, orientation: null })
    const volumes = await arrange([...film(3), ...film(2, other), single(), single()])
    expect(volumes.map(({ moments, slices }) => [moments, slices.length]).toSorted()).toEqual([
      [1, 2],
      [2, 2],
      [3, 3],
    ])
  })

  it('that came twice are taken once', async () => {
    const frames = film(3, {}, 40)
    const [volume, ...rest] = await arrange([...frames, ...frames.map((each) => ({ ...each }))])
    expect(rest).toEqual([])
    expect([volume?.moments, volume?.duplicates.length]).toEqual([3, 3])
  })
})

describe('[I55] NIfTI', () => {
  const volumesOf = async (bytes: Uint8Array) => arrange(await slicesOf(clean(await readNifti(bytes))))

  it('of four dimensions is one volume with its moments, upwards or downwards', async () => {
    const shape = [2, 2, 3, 4]
    const zooms = [1, 1, 2, 1.5]
    for (const handedness of [1, -1]) {
      const bytes = niftiBytes({ datatype: 4, shape, zooms, handedness, qformCode: 1 })
      const [volume, ...rest] = await volumesOf(bytes)
      expect(rest).toEqual([])
      expect(volume).toMatchObject({ moments: 4, times: [0, 1500, 3000, 4500], spacing: { slice: 2 } })
      expect(volume?.positions).toHaveLength(3)
      // Moment by moment, as in the file; within one the places along the normal.
      const moments = volume?.slices.map(({ frame }) => Math.floor(frame / 3))
      expect(moments).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    }
  })

  it.skipIf(!HAVE_DATA)('[I40] real ones of four dimensions', async () => {
    const shape = async (file: string) =>
      (await volumesOf(readData(file))).map(({ columns, rows, positions, moments, times, samples }) => [
        [columns, rows, positions.length, moments],
        times?.slice(0, 2),
        samples,
      ])
    // Its 2 000 are seconds by its own header; they may have been meant as ms.
    expect(await shape('nifti/example4d.nii.gz')).toEqual([[[128, 96, 24, 2], [0, 2_000_000], 'int16']])
    expect(await shape('nifti/functional.nii')).toEqual([[[17, 21, 3, 20], [0, 2000], 'int16']])
  })
})

describe.skipIf(!HAVE_DATA)('[I40] real files of several frames', () => {
  const volumesOf = async (file: string) =>
    (await arrange(await slicesOf(clean(await readInstance(readData(file)))))).map(
      ({ positions, moments, times, samples, spacing }) => ({
        places: positions.length,
        moments,
        times: times?.slice(0, 3) ?? null,
        samples,
        slice: spacing.slice,
      }),
    )

  it('[I55] nineteen moments of one knee', async () => {
    expect(await volumesOf('multiframe/MOVEKNEE.dcm')).toEqual([
      { places: 1, moments: 19, times: [0, 240_000, 360_000], samples: 'uint16', slice: null },
    ])
  })

  it('[I56] an ultrasound film', async () => {
    expect(await volumesOf('colour/examples_ybr_color.dcm')).toEqual([
      { places: 1, moments: 30, times: [0, 33.333, 66.666], samples: 'uint8x3', slice: null },
    ])
  })

  it('[I56] frames whose places were taken out of the file', async () => {
    expect(await volumesOf('multiframe/emri_small.dcm')).toEqual([
      { places: 1, moments: 10, times: null, samples: 'uint16', slice: null },
    ])
  })

  it('[S3] stacks of one moment', async () => {
    const [enhanced] = await volumesOf('multiframe/enh.dcm')
    expect(enhanced).toMatchObject({ places: 6, moments: 1, times: null })
    expect(enhanced?.slice).toBeCloseTo(2.4, 3)
    expect(await volumesOf('multiframe/eCT_Supplemental.dcm')).toMatchObject([
      { places: 2, moments: 1, slice: 10 },
    ])
  })
})
