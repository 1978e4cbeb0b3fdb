/** Pictures that nobody was in front of: a PET of the chest phantom, and a photograph of a spot on skin. */
import { chestFiles } from '@consilium/imaging/phantom'
import { type Element, writePart10 } from '@consilium/imaging/write'
import type { Page } from '@playwright/test'
import { chestPhantom, RESCALE_INTERCEPT } from '../../packages/imaging/src/phantom/chest.ts'
import type { SentFile } from '../import/door.ts'
import { textOf } from '../import/realSeries.ts'

/** Pixels of the CT that are one of the PET, each way, and slices. */
const COARSER = 8
const SLICES_APART = 2
/** HU. What is denser takes something up. */
const TISSUE = -300
const WEIGHT_KG = 70
const DOSE_BQ = 280e6
/** What all of it would be, spread evenly: an uptake of 1. */
const EVENLY = DOSE_BQ / (WEIGHT_KG * 1000)

/** In the space of the demo's CT and of its study, with uptake where its nodules are. */
export async function petOfThePhantom(): Promise<SentFile[]> {
  const chest = chestPhantom()
  const ct = chestFiles()
  const first = (await ct.next()).value
  await ct.return()
  const said = (tag: number, vr: string) => textOf(first?.bytes ?? new Uint8Array(), tag, vr)
  const [study, space] = [said(0x0020000d, 'UI'), said(0x00200052, 'UI')]
  const size = chest.columns / COARSER
  const files: SentFile[] = []
  for (const { index, position, pixels } of chest.render()) {
    if (index % SLICES_APART !== 0) continue
    const place = (i: number): readonly [number, number, number] => [
      position[0] + chest.spacing.column * (i % size) * COARSER,
      position[1] + chest.spacing.row * Math.floor(i / size) * COARSER,
      position[2],
    ]
    const stored = Uint16Array.from({ length: size * size }, (_, i) => {
      const at = Math.floor(i / size) * COARSER * chest.columns + (i % size) * COARSER
      const dense = (pixels[at] as number) + RESCALE_INTERCEPT > TISSUE ? 1 : 0.2
      const hot = chest.nodules.map(({ centre, diameterMm }) => {
        const far = Math.hypot(...place(i).map((mm, axis) => mm - (centre[axis] as number)))
        return diameterMm < 8 ? 0 : 9 * Math.exp(-((far / (diameterMm * 0.55)) ** 2))
      })
      return Math.round((dense + Math.max(...hot)) * EVENLY)
    })
    files.push({
      name: `pet-${index}.dcm`,
      bytes: await writePart10(
        elements({ study, space, index, position, size, stored, spacing: chest.spacing }),
      ),
    })
  }
  return files
}

interface Slice {
  readonly study: string
  readonly space: string
  readonly index: number
  readonly position: readonly number[]
  readonly size: number
  readonly spacing: { readonly row: number; readonly column: number }
  readonly stored: Uint16Array
}

function elements({ study, space, index, position, size, spacing, stored }: Slice): Element[] {
  const uid = (what: number) => `1.2.826.0.1.3680043.99.4714.${what}`
  return [
    { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY'] },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.128' },
    { tag: 0x00080018, vr: 'UI', value: uid(100 + index) },
    { tag: 0x00080021, vr: 'DA', value: '20200101' },
    { tag: 0x00080022, vr: 'DA', value: '20200101' },
    { tag: 0x00080031, vr: 'TM', value: '120000' },
    { tag: 0x00080032, vr: 'TM', value: '120000' },
    { tag: 0x00080060, vr: 'CS', value: 'PT' },
    { tag: 0x00100010, vr: 'PN', value: 'Phantom^Chest' },
    { tag: 0x00100020, vr: 'LO', value: 'PHANTOM-CHEST' },
    { tag: 0x00101030, vr: 'DS', value: [WEIGHT_KG] },
    { tag: 0x00180015, vr: 'CS', value: 'CHEST' },
    { tag: 0x0020000d, vr: 'UI', value: study },
    { tag: 0x0020000e, vr: 'UI', value: uid(2) },
    { tag: 0x00200011, vr: 'IS', value: [2] },
    { tag: 0x00200013, vr: 'IS', value: [index + 1] },
    { tag: 0x00200032, vr: 'DS', value: [...position] },
    { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 0, 1, 0] },
    { tag: 0x00200052, vr: 'UI', value: space },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [size] },
    { tag: 0x00280011, vr: 'US', value: [size] },
    { tag: 0x00280030, vr: 'DS', value: [spacing.row * COARSER, spacing.column * COARSER] },
    { tag: 0x00280051, vr: 'CS', value: ['NORM', 'DECY', 'ATTN', 'SCAT'] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    { tag: 0x00281052, vr: 'DS', value: [0] },
    { tag: 0x00281053, vr: 'DS', value: [1] },
    {
      tag: 0x00540016,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00181072, vr: 'TM', value: '120000' },
          { tag: 0x00181074, vr: 'DS', value: [DOSE_BQ] },
          { tag: 0x00181075, vr: 'DS', value: [6586.2] },
        ],
      ],
    },
    { tag: 0x00541001, vr: 'CS', value: 'BQML' },
    { tag: 0x00541102, vr: 'CS', value: 'START' },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(stored.buffer) },
  ]
}

/** Painted by the browser: skin, and a spot of several browns that is darker and uneven at one side. */
export async function photographOfSkin(page: Page): Promise<SentFile> {
  const base64 = await page.evaluate(() => {
    const [width, height] = [1600, 1200]
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const paint = canvas.getContext('2d') as CanvasRenderingContext2D
    let seed = 11
    const chance = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed / 2 ** 32
    }
    const blot = (x: number, y: number, radius: number, colour: string) => {
      const shade = paint.createRadialGradient(x, y, 0, x, y, radius)
      shade.addColorStop(0, colour)
      shade.addColorStop(1, 'rgb(0 0 0 / 0)')
      paint.fillStyle = shade
      paint.fillRect(x - radius, y - radius, 2 * radius, 2 * radius)
    }
    paint.fillStyle = '#d9a58b'
    paint.fillRect(0, 0, width, height)
    for (let n = 0; n < 5000; n++)
      blot(
        width * chance(),
        height * chance(),
        4 + 30 * chance(),
        `rgb(${190 + 50 * chance()} ${130 + 50 * chance()} ${110 + 40 * chance()} / 0.16)`,
      )
    for (let n = 0; n < 900; n++) {
      const [angle, far] = [2 * Math.PI * chance(), Math.sqrt(chance())]
      const reach = 230 + 60 * Math.sin(2 * angle) + 30 * Math.sin(5 * angle)
      const dark = 0.5 + 0.5 * Math.cos(angle - 0.7) * far
      blot(
        800 + reach * far * Math.cos(angle),
        600 + reach * far * 0.8 * Math.sin(angle),
        18 + 42 * chance(),
        `rgb(${115 - 60 * dark} ${70 - 38 * dark} ${52 - 26 * dark} / 0.34)`,
      )
    }
    return canvas.toDataURL('image/jpeg', 0.92).split(',')[1] ?? ''
  })
  return { name: 'skin.jpg', bytes: new Uint8Array(Buffer.from(base64, 'base64')) }
}
