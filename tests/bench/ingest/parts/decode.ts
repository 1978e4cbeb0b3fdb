/**
 * Decoding: the same frames, coded by dcmtk and GDCM themselves, decoded by our reader, by dcmtk's tools and by GDCM's. A file holds many
 * frames, so that starting a process counts little, and what the tool takes for the same frames uncompressed is taken off.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInstance } from '@consilium/imaging/dicom'
import { type Element, writePart10 } from '@consilium/imaging/write'
import { temporaryFolder } from '../../../support/server.ts'
import type { Row } from '../../report.ts'
import { baseSlices, COLUMNS, ROWS } from '../files.ts'
import { median, type Part } from './part.ts'

const FRAMES = 20

interface Coding {
  readonly name: string
  readonly encode: readonly string[]
  /** dcmtk's tool for it; GDCM has one for all. */
  readonly dcmtk: string | null
}

const CODINGS: readonly Coding[] = [
  { name: 'RLE', encode: ['dcmcrle'], dcmtk: 'dcmdrle' },
  { name: 'JPEG extended, 12 bits', encode: ['dcmcjpeg', '+ee'], dcmtk: 'dcmdjpeg' },
  { name: 'JPEG lossless', encode: ['dcmcjpeg', '+e1'], dcmtk: 'dcmdjpeg' },
  { name: 'JPEG-LS', encode: ['dcmcjpls'], dcmtk: 'dcmdjpls' },
  { name: 'JPEG 2000', encode: ['gdcmconv', '--j2k'], dcmtk: null },
]
const TOOLS = ['dcmcrle', 'dcmcjpeg', 'dcmcjpls', 'dcmdrle', 'dcmdjpeg', 'dcmdjpls', 'dcmconv', 'gdcmconv']

const here = (tool: string): boolean => existsSync(join('/usr/bin', tool))

function ms(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

const tool = (name: string, args: readonly string[]): Buffer =>
  execFileSync(name, args, { stdio: ['ignore', 'pipe', 'ignore'] })

export const decode: Part = {
  name: 'decode',
  title: `Decoding a frame of ${ROWS} × ${COLUMNS}, 12 bits, ms`,
  async run(rounds) {
    const missing = TOOLS.filter((name) => !here(name))
    if (missing.length > 0)
      throw new Error(
        `This part runs beside ${missing.join(', ')}: apt-get install -y dcmtk libgdcm-tools (Debian).`,
      )
    const folder = temporaryFolder('bench-decode')
    try {
      const raw = join(folder.path, 'raw.dcm')
      const out = join(folder.path, 'out.dcm')
      writeFileSync(raw, await writePart10(await elements()))
      const rows: Row[] = []
      for (const coding of CODINGS) {
        const coded = join(folder.path, 'coded.dcm')
        const [encoder = '', ...args] = coding.encode
        tool(encoder, [...args, raw, coded])
        const file = new Uint8Array(readFileSync(coded))
        const mine: number[] = []
        const dcmtk: number[] = []
        const gdcm: number[] = []
        await readInstance(file) // not measured: the first time loads the decoder
        for (let n = 0; n < rounds; n++) {
          const begun = performance.now()
          await readInstance(file)
          mine.push((performance.now() - begun) / FRAMES)
          if (coding.dcmtk !== null) {
            const whole = ms(() => tool(coding.dcmtk as string, [coded, out]))
            dcmtk.push((whole - ms(() => tool('dcmconv', [raw, out]))) / FRAMES)
          }
          const whole = ms(() => tool('gdcmconv', ['--raw', coded, out]))
          gdcm.push((whole - ms(() => tool('gdcmconv', ['--raw', raw, out]))) / FRAMES)
        }
        rows.push(rowOf(coding.name, file.length / FRAMES, mine, dcmtk, gdcm))
      }
      return { rows, goals: [] }
    } finally {
      folder.remove()
    }
  },
}

function rowOf(
  coding: string,
  bytes: number,
  mine: readonly number[],
  dcmtk: readonly number[],
  gdcm: readonly number[],
): Row {
  const text = (values: readonly number[]): string => (values.length === 0 ? '–' : median(values).toFixed(1))
  const by = (values: readonly number[]): string =>
    values.length === 0 ? '–' : (median(mine) / median(values)).toFixed(2)
  return {
    coding,
    'kB a frame': Math.round(bytes / 1_000),
    Consilium: text(mine),
    dcmtk: text(dcmtk),
    GDCM: text(gdcm),
    'of dcmtk': by(dcmtk),
    'of GDCM': by(gdcm),
  }
}

/** A multi-frame greyscale word image of 12 bits, so that every coding takes it. */
async function elements(): Promise<Element[]> {
  const slices = await baseSlices(FRAMES)
  const cells = new Uint16Array(FRAMES * ROWS * COLUMNS)
  slices.forEach((slice, k) => {
    for (let i = 0; i < slice.length; i++)
      cells[k * ROWS * COLUMNS + i] = Math.min(4_095, Math.max(0, slice[i] as number))
  })
  return [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7.3' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.4711' },
    { tag: 0x00080060, vr: 'CS', value: 'OT' },
    { tag: 0x00080064, vr: 'CS', value: 'WSD' },
    { tag: 0x00100010, vr: 'PN', value: 'Phantom^Benchmark' },
    { tag: 0x00100020, vr: 'LO', value: 'BENCHMARK' },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.4712' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.4713' },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: [FRAMES] },
    { tag: 0x00280010, vr: 'US', value: [ROWS] },
    { tag: 0x00280011, vr: 'US', value: [COLUMNS] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [12] },
    { tag: 0x00280102, vr: 'US', value: [11] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(cells.buffer) },
  ]
}
