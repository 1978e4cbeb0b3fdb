/** Sorting slices into series: by place, whatever else the files say. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInstance } from './dicom/read.ts'
import { arrange, type Slice, slicesOf } from './series.ts'
import { clean } from './testing/clean.ts'
import { HAVE_DATA, namesIn, readData, seriesEntry } from './testing/manifest.ts'
import { slice } from './testing/slice.ts'

describe.each(['ct-ge-cmbcrc', 'ct-siemens-totalseg-j2k', 'mr-siemens-cptac-jpegls'])('%s', (name) => {
  const slices: Slice[] = []
  const byFile = new Map<string, Slice>()

  it.skipIf(!HAVE_DATA)(
    '[S3] order, spacing, orientation and pixels equal the independent tools',
    async () => {
      const { expected } = seriesEntry(name)
      for (const file of namesIn(`series/${name}`)) {
        const [slice] = await slicesOf(clean(await readInstance(readData(`series/${name}/${file}`))))
        if (!slice) throw new Error('no slice')
        slices.push(slice)
        byFile.set(slice.sha256, slice)
      }
      const volumes = await arrange(slices)
      expect(volumes).toHaveLength(1)
      const volume = volumes[0]
      if (!volume) throw new Error('no volume')
      expect(volume.frameSha256).toEqual(expected.pixel_sha256_per_slice_in_that_order)
      expect([volume.rows, volume.columns, volume.slices.length]).toEqual([
        expected.rows,
        expected.columns,
        expected.slices,
      ])
      expect([volume.spacing.row, volume.spacing.column]).toEqual(expected.pixel_spacing_row_col_mm)
      expect(volume.spacing.slice).toBeCloseTo(expected.slice_gap_min_max_mm[0] as number, 4)
      ;[...expected.image_orientation, ...expected.slice_normal].forEach((cosine, k) =>
        expect(volume.direction[k]).toBeCloseTo(cosine, 6),
      )
      expect(volume.positions[0]).toEqual(expected.first_position)
      expect(volume.positions.at(-1)).toEqual(expected.last_position)
      expect(volume.rescaled).toEqual({ min: expected.rescaled_min, max: expected.rescaled_max })
      expect(volume.modality).toBe(expected.modality)
      const nameless = name === 'ct-siemens-totalseg-j2k'
      expect(volume.series === null).toBe(nameless)
      expect(volume.warnings).toEqual(
        nameless
          ? [
              'The files carry no usable identifiers; the series is known by its content (pixels and geometry).',
            ]
          : [],
      )
    },
  )

  it.skipIf(!HAVE_DATA)('[S3] shuffled and doubled files give the same series', async () => {
    const [plain] = await arrange(slices)
    const [other] = await arrange([...slices.toReversed(), slices[3] as Slice])
    expect(other?.fingerprint).toBe(plain?.fingerprint)
    expect(other?.duplicates).toHaveLength(1)
    expect(other?.warnings.at(-1)).toBe('1 slice came more than once and was taken once.')
  })

  it.skipIf(!HAVE_DATA)('[S4] missing slices are named, and there is no slice spacing', async () => {
    const [plain] = await arrange(slices)
    const without = new Set([plain?.frameSha256[8], plain?.frameSha256[9]])
    const [gapped] = await arrange(slices.filter((slice) => !without.has(slice.sha256)))
    expect(gapped?.spacing.slice).toBeNull()
    expect(gapped?.warnings.some((warning) => /between slices 8 and 9, 2 slices missing/.test(warning))).toBe(
      true,
    )
  })
})

describe('made slices', () => {
  it('[S3] neither number nor order decides, only the place along the normal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
        fc.integer({ min: 1, max: 99 }),
        async (order, step) => {
          const gap = step / 10
          const [volume, ...rest] = await arrange(
            order.map((k, n) => slice({ position: [3, 4, k * gap], number: n })),
          )
          expect(rest).toEqual([])
          expect(volume?.positions.map((at) => at[2])).toEqual([0, 1, 2, 3, 4, 5, 6].map((k) => k * gap))
          expect(volume?.spacing.slice).toBeCloseTo(gap, 9)
          expect(volume?.warnings).toEqual([])
        },
      ),
    )
  })

  it('[S3] along an oblique normal', async () => {
    const orientation = { row: [0, 1, 0] as const, column: [0, 0, -1] as const } // normal -x
    const [volume] = await arrange([1, 2, 0].map((k) => slice({ position: [k * 2, 5, 5], orientation })))
    expect(volume?.positions.map((at) => at[0])).toEqual([4, 2, 0])
    expect(volume?.direction.slice(6)).toEqual([-1, 0, 0])
    expect(volume?.spacing.slice).toBe(2)
  })

  it('[S3] a scout in the same series becomes a series of its own', async () => {
    const volumes = await arrange([
      ...[0, 1, 2].map((k) => slice({ position: [0, 0, k] })),
      slice({ position: [0, 0, 0], orientation: { row: [1, 0, 0], column: [0, 0, -1] } }),
    ])
    expect(volumes.map((volume) => volume.slices.length).toSorted()).toEqual([1, 3])
  })

  it('[S3] several pictures at each place are taken apart', async () => {
    const volumes = await arrange(
      [0, 1, 2].flatMap((k) => [1, 2].map((time) => slice({ position: [0, 0, k], number: time * 10 + k }))),
    )
    expect(volumes.map((volume) => volume.slices.map((s) => s.technical.instanceNumber))).toEqual([
      [10, 11, 12],
      [20, 21, 22],
    ])
    expect(volumes[1]?.warnings[0]).toBe('Several pictures lie at the same place; this is set 2 of 2.')
  })

  it('[S4] uneven gaps are said', async () => {
    const [volume] = await arrange([0, 1, 2, 3.4, 4.4].map((z) => slice({ position: [0, 0, z] })))
    expect(volume?.spacing.slice).toBeNull()
    expect(volume?.warnings).toEqual([
      'The slices are not evenly spaced (usually 1 mm): 1.4 mm between slices 3 and 4. Nothing is computed across slices.',
    ])
  })

  it('[S4] a tilted gantry is said', async () => {
    const [volume] = await arrange([0, 1, 2].map((k) => slice({ position: [0, k * 0.4, k] })))
    expect(volume?.warnings).toEqual([
      'The slices are shifted against each other (tilted gantry); the distance between them is measured at right angles.',
    ])
  })

  it('[S5] without UIDs the content says who it is', async () => {
    const nameless = { study: null, series: null, instance: null, frameOfReference: null }
    const make = () =>
      [0, 1, 2].map((k) => slice({ position: [0, 0, k], uids: nameless, sha256: `same-${k}` }))
    const [one] = await arrange(make())
    const [again] = await arrange([...make().toReversed(), ...make()])
    const [other] = await arrange(make().slice(0, 2))
    expect(again?.fingerprint).toBe(one?.fingerprint)
    expect(other?.fingerprint).not.toBe(one?.fingerprint)
    expect(again?.duplicates).toHaveLength(3)
    expect(one?.warnings[0]).toMatch(/no usable identifiers/)
  })

  it('pictures without a place stand in the order of their numbers, and it is said', async () => {
    const [volume] = await arrange(
      [3, 1, 2].map((number) => slice({ position: null, orientation: null, spacing: null, number })),
    )
    expect(volume?.slices.map((s) => s.technical.instanceNumber)).toEqual([1, 2, 3])
    expect(volume?.spacing).toEqual({ row: 1, column: 1, slice: null })
    expect(volume?.warnings).toHaveLength(3)
  })

  it('[I54] frames that are scaled differently keep each its own scale, and all of them count for the range', async () => {
    const scales = [
      { slope: 2, intercept: 1 },
      { slope: -3, intercept: 0 },
    ]
    const [volume] = await arrange(scales.map((rescale, z) => slice({ position: [0, 0, z], rescale })))
    expect(volume?.rescaled).toEqual({ min: -300, max: 201 })
    expect(volume?.rescales).toEqual(scales)
    expect(volume?.rescale).toEqual({ slope: 2, intercept: 1, unit: 'HU' })
    expect(volume?.warnings).toEqual([])
  })

  it('[I54] frames that are scaled alike have one scale', async () => {
    const [volume] = await arrange([0, 1].map((z) => slice({ position: [0, 0, z] })))
    expect(volume?.rescales).toBeNull()
  })

  it('[I54] a range that no number can hold ends at the largest', async () => {
    const stored = { min: -1e300, max: 1e300 }
    const [volume] = await arrange([slice({ stored, rescale: { slope: 1e10, intercept: 0 } })])
    expect(volume?.rescaled).toEqual({ min: -Number.MAX_VALUE, max: Number.MAX_VALUE })
  })

  it('[I58] pictures of different kinds, frames of reference or tables stay apart', async () => {
    const uids = { study: 's', series: 'r', instance: null, frameOfReference: 'elsewhere' }
    const volumes = await arrange([
      ...[0, 1, 2].map((z) => slice({ position: [0, 0, z] })),
      ...[3, 4].map((z) => slice({ position: [0, 0, z], samples: 'float32' })),
      ...[5, 6, 7, 8].map((z) => slice({ position: [0, 0, z], uids })),
      slice({ position: [0, 0, 9], technical: { mapped: 'applied' } }),
    ])
    expect(volumes.map(({ slices, samples }) => [slices.length, samples]).toSorted()).toEqual([
      [1, 'int16'],
      [2, 'float32'],
      [3, 'int16'],
      [4, 'int16'],
    ])
  })

  it('[I59] files of several frames and no identifiers are each a volume, however alike', async () => {
    const nameless = { study: null, series: null, instance: null, frameOfReference: null }
    const file = (whole: string) =>
      [0, 1].map((k) => slice({ position: [0, 0, k], uids: nameless, frame: k, whole }))
    const [one, other] = [file('one'), file('other')]
    const volumes = await arrange([...one, ...other, ...one])
    expect(volumes.map(({ slices, duplicates }) => [slices.length, duplicates.length]).toSorted()).toEqual([
      [2, 0],
      [2, 2],
    ])
    for (const { slices } of volumes) expect(new Set(slices.map((each) => each.whole)).size).toBe(1)
  })

  it('[I60] grey series of 16 bits are known by what they were always known by', async () => {
    const series = (also: Partial<Slice>) =>
      [0, 1, 2].map((k) => slice({ position: [0, 0.5, k * 2], sha256: `pixels-${k}`, ...also }))
    const known = 'd982eaebbfd78475d2ba59112e4444c2fcbd62b1aeda83c3b99a0a7d37d90231'
    const [volume] = await arrange(series({}))
    expect(volume?.fingerprint).toBe(known)
    // Slices that were kept before there were other kinds of values do not say theirs.
    const [before] = await arrange(series({ samples: undefined } as never))
    expect([before?.fingerprint, before?.samples]).toEqual([known, 'int16'])
    const [wide] = await arrange(series({ samples: 'int32' }))
    expect(wide?.fingerprint).not.toBe(known)
  })
})
