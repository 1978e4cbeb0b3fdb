import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { arrange, slicesOf } from '../series.ts'
import { clean } from '../testing/clean.ts'
import { imageElements } from '../testing/images.ts'
import { uptakeOf } from '../uptake.ts'
import { readInstance } from './read.ts'
import { type SuvInputs, suvOf } from './suv.ts'
import { type Element, writePart10 } from './write.ts'

/** 18F: 70 kg, 370 MBq at ten, a scan from eleven on. */
const TRACER: readonly Element[] = [
  { tag: 0x00181072, vr: 'TM', value: '100000' },
  { tag: 0x00181074, vr: 'DS', value: [370_000_000] },
  { tag: 0x00181075, vr: 'DS', value: [6586.2] },
]
const PET: readonly Element[] = [
  { tag: 0x00080021, vr: 'DA', value: '20260314' },
  { tag: 0x00080022, vr: 'DA', value: '20260314' },
  { tag: 0x00080031, vr: 'TM', value: '110000' },
  { tag: 0x00080032, vr: 'TM', value: '110210' },
  { tag: 0x00080060, vr: 'CS', value: 'PT' },
  { tag: 0x00100040, vr: 'CS', value: 'F' },
  { tag: 0x00101020, vr: 'DS', value: [1.65] },
  { tag: 0x00101030, vr: 'DS', value: [70] },
  { tag: 0x00280051, vr: 'CS', value: ['DECY', 'ATTN', 'SCAT'] },
  { tag: 0x00540016, vr: 'SQ', value: [TRACER] },
  { tag: 0x00541001, vr: 'CS', value: 'BQML' },
  { tag: 0x00541102, vr: 'CS', value: 'START' },
]

async function read(also: readonly Element[] = [], tracer = TRACER, without: number[] = []) {
  const all = [...PET, { tag: 0x00540016, vr: 'SQ' as const, value: [tracer] }, ...also]
  const last = new Map(all.map((element) => [element.tag, element]))
  for (const tag of without) last.delete(tag)
  const file = await writePart10(imageElements({ also: [...last.values()], without }))
  return readInstance(file)
}
const suvWith = async (...given: Parameters<typeof read>) => (await read(...given)).suv

describe('[V54] standardised uptake from what a PET file says', () => {
  const vectors = join(process.cwd(), '../shared/vectors/image-values.json')
  interface SuvCase {
    id: string
    kind: string
    tolerance: number
    input: {
      units: string
      decayCorrection: string
      patientWeightKg: number | null
      totalDoseBq: number
      halfLifeS: number
      injectionTime: string
      scanTime: string
      activityBqPerMl: number[]
    }
    expected: { suv: number[] | null }
  }
  const cases: SuvCase[] = existsSync(vectors) ? JSON.parse(readFileSync(vectors, 'utf8')).cases : []
  const suvs = cases.filter(({ kind }) => kind === 'suv')
  it.skipIf(suvs.length === 0).each(suvs)('published vector $id', async ({ input, expected, tolerance }) => {
    const weight = input.patientWeightKg === null ? [] : [input.patientWeightKg]
    const suv = await suvWith(
      [
        { tag: 0x00080031, vr: 'TM', value: input.scanTime },
        { tag: 0x00101030, vr: 'DS', value: weight },
        { tag: 0x00541001, vr: 'CS', value: input.units },
        { tag: 0x00541102, vr: 'CS', value: input.decayCorrection },
      ],
      [
        { tag: 0x00181072, vr: 'TM', value: input.injectionTime },
        { tag: 0x00181074, vr: 'DS', value: [input.totalDoseBq] },
        { tag: 0x00181075, vr: 'DS', value: [input.halfLifeS] },
      ],
    )
    const factor = suv?.factors.bw
    const values = factor === undefined ? null : input.activityBqPerMl.map((value) => value * factor)
    if (expected.suv === null) expect(values).toBeNull()
    else
      expected.suv.forEach((value, i) =>
        expect(Math.abs((values?.[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance),
      )
  })

  // What is left of 370 MBq after an hour, from the half-life alone.
  const left = 370e6 * 0.5 ** (3600 / 6586.2)
  it('by weight, by lean mass (James 1976) and by surface (Du Bois 1916)', async () => {
    const lean = 1.07 * 70 - 148 * (70 / 165) ** 2
    const surfaceCm2 = 71.84 * 70 ** 0.425 * 165 ** 0.725
    const suv = await suvWith()
    expect(suv).toMatchObject({ how: 'to-series' })
    const factors = suv?.factors ?? {}
    expect(factors.bw).toBeCloseTo(70_000 / left, 12)
    expect(factors.lbm).toBeCloseTo((lean * 1000) / left, 12)
    expect(factors.bsa).toBeCloseTo(surfaceCm2 / left, 12)
  })
  it('a man, and somebody whose height or sex is not said', async () => {
    const man = await suvWith([{ tag: 0x00100040, vr: 'CS', value: 'M' }])
    const lean = 1.1 * 70 - 128 * (70 / 165) ** 2
    expect(man?.factors.lbm).toBeCloseTo((lean * 1000) / left, 12)
    const short = await suvWith([], TRACER, [0x00101020])
    expect(Object.keys(short?.factors ?? {})).toEqual(['bw'])
    const other = await suvWith([{ tag: 0x00100040, vr: 'CS', value: 'O' }])
    expect(Object.keys(other?.factors ?? {})).toEqual(['bw', 'bsa'])
  })
  it('over midnight, with a date of its own and without', async () => {
    const late: Element[] = [
      { tag: 0x00080021, vr: 'DA', value: '20260315' },
      { tag: 0x00080022, vr: 'DA', value: '20260315' },
      { tag: 0x00080031, vr: 'TM', value: '003000' },
      { tag: 0x00080032, vr: 'TM', value: '003100' },
    ]
    const [, dose, half] = TRACER as [Element, Element, Element]
    const dated: Element[] = [{ tag: 0x00181078, vr: 'SH', value: '20260314233000.00' }, dose, half]
    const undated: Element[] = [{ tag: 0x00181072, vr: 'TM', value: '2330' }, dose, half]
    for (const tracer of [dated, undated]) {
      const suv = await suvWith(late, tracer)
      expect(suv?.factors.bw).toBeCloseTo(70_000 / left, 12)
    }
  })
  it('corrected to the injection nothing has decayed; grams per millilitre are uptake already', async () => {
    const admin = await suvWith([{ tag: 0x00541102, vr: 'CS', value: 'ADMIN' }])
    expect(admin).toMatchObject({ how: 'at-injection', factors: { bw: 70_000 / 370e6 } })
    const units = (value: string): Element => ({ tag: 0x00541001, vr: 'CS', value })
    expect(await suvWith([units('GML')])).toEqual({ how: 'stated', factors: { bw: 1 } })
    expect(await suvWith([units('CM2ML')])).toEqual({ how: 'stated', factors: { bsa: 1 } })
    const lean: Element = { tag: 0x00541006, vr: 'CS', value: 'LBMJAMES128' }
    expect(await suvWith([units('GML'), lean])).toEqual({ how: 'stated', factors: { lbm: 1 } })
  })
  it.each<[string, string, Element[], Element[], number[]]>([
    ['counts', 'units', [{ tag: 0x00541001, vr: 'CS', value: 'CNTS' }], [...TRACER], []],
    [
      'no correction for attenuation',
      'attenuation',
      [{ tag: 0x00280051, vr: 'CS', value: 'DECY' }],
      [...TRACER],
      [],
    ],
    ['no correction for decay', 'decay', [{ tag: 0x00541102, vr: 'CS', value: 'NONE' }], [...TRACER], []],
    ['no weight', 'weight', [], [...TRACER], [0x00101030]],
    ['a weight of nothing', 'weight', [{ tag: 0x00101030, vr: 'DS', value: [0] }], [...TRACER], []],
    [
      'a dose in MBq',
      'dose',
      [],
      [{ tag: 0x00181074, vr: 'DS', value: [370] }, ...TRACER.slice(2), ...TRACER.slice(0, 1)],
      [],
    ],
    ['no tracer', 'dose', [], [...TRACER], [0x00540016]],
    ['no half-life', 'half-life', [], TRACER.slice(0, 2), []],
    ['no time of injection', 'times', [], TRACER.slice(1), []],
    ['no time of the series', 'times', [], [...TRACER], [0x00080031]],
  ])('says why not: %s', async (_name, why, also, tracer, without) => {
    expect(await suvWith(also, tracer, without)).toEqual({ how: why, factors: {} })
  })
  it('is none where the file is not of PET', async () => {
    expect(await suvWith([{ tag: 0x00080060, vr: 'CS', value: 'CT' }])).toBeUndefined()
  })
})

describe('[V54] the factor of a series', () => {
  const inputs: SuvInputs = {
    units: 'BQML',
    suvType: '',
    decayCorrection: 'START',
    corrected: [],
    weightKg: 70,
    heightM: null,
    sex: '',
    doseBq: 370e6,
    halfLifeS: 6586.2,
    injectedAt: 36_000,
    seriesAt: 39_600,
    acquiredAt: 39_730,
  }
  it('comes with its slices, and is the same in all of them', async () => {
    const slices = await slicesOf(clean(await read()))
    const [volume] = await arrange(slices)
    expect(volume?.suv).toEqual((await read()).suv)
    const heavier = await slicesOf(clean(await read([{ tag: 0x00101030, vr: 'DS', value: [71] }])))
    expect(uptakeOf([...slices, ...heavier])).toEqual({ how: 'differ', factors: {} })
    const weightless = await slicesOf(clean(await read([], TRACER, [0x00101030])))
    expect(uptakeOf([...slices, ...weightless])).toEqual({ how: 'weight', factors: {} })
  })
  it('of a series made anew after its pictures is that of the picture taken first', () => {
    const anew = [39_900, 39_660, 41_000].map((acquiredAt) => ({
      suv: suvOf({ ...inputs, seriesAt: 50_000, acquiredAt }),
    }))
    expect(uptakeOf(anew)).toEqual(suvOf({ ...inputs, seriesAt: 50_000, acquiredAt: 39_660 }))
    expect(uptakeOf(anew)).toMatchObject({ how: 'to-acquisition' })
  })
  it('is none where a slice says nothing', () => {
    expect(uptakeOf([{ suv: suvOf(inputs) }, {}])).toEqual({ how: 'differ', factors: {} })
    expect(uptakeOf([{}, {}])).toBeNull()
  })
})
