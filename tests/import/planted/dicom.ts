/** DICOM files with something of somebody in every corner. Each is a good file, or one that is refused, held or left out for what it is. */
import { type Element, IMPLICIT_LITTLE_ENDIAN, writePart10 } from '@consilium/imaging/write'
import { imageElements, ramp } from '../../../packages/imaging/src/testing/images.ts'
import { STREAMS } from '../../../packages/imaging/src/testing/streams.ts'
import { coded } from '../../faults/files/base.ts'
import { encapsulated } from '../../faults/files/encapsulated.ts'
import type { SentFile } from '../door.ts'
import { EQUIPMENT, EVENTS, PEOPLE, SPELT, TEXTS, UIDS } from './attributes.ts'
import { Planting } from './plant.ts'

export interface Carrier {
  readonly file: SentFile
  readonly planting: Planting
  readonly status: 'stored' | 'held' | 'left-out' | 'refused'
}

const us = (tag: number, ...value: number[]): Element => ({ tag, vr: 'US', value })
const lo = (tag: number, value: string): Element => ({ tag, vr: 'LO', value })

let made = 0
/** A picture like no other, with UIDs of its own. */
function picture(also: readonly Element[], frames = 1): Element[] {
  made += 1
  const own = (what: number): string => `1.2.3.${made}.${what}`
  return imageElements({
    rows: 16,
    columns: 16,
    frames,
    pixels: ramp(512 * frames).map((byte) => (byte + made * 7) & 127),
    also: [
      { tag: 0x00080018, vr: 'UI', value: own(1) },
      { tag: 0x0020000d, vr: 'UI', value: own(2) },
      { tag: 0x0020000e, vr: 'UI', value: own(3) },
      { tag: 0x00200052, vr: 'UI', value: own(4) },
      { tag: 0x00100010, vr: 'PN', value: '' },
    ]
      .filter(({ tag }) => !also.some((one) => one.tag === tag))
      .concat(also as never) as Element[],
  })
}

function valueFor(planting: Planting, keyword: string, vr: Element['vr']): string {
  if (vr === 'DA') return planting.date(keyword)
  if (vr === 'IS' || vr === 'TM') return planting.digits(keyword)
  if (vr === 'DS') return `${planting.digits(keyword)}.5`
  if (vr === 'PN')
    return `${planting.word(`${keyword}, family`)}^${planting.word(`${keyword}, given`)}=${planting.word(`${keyword}, ideographic`)}`
  return keyword === 'ImageType' ? `ORIGINAL\\PRIMARY\\${planting.word(keyword)}` : planting.word(keyword)
}

/** Five sequences inside one another, with something in each; private ones as well. */
function nested(planting: Planting, tag: number, name: string, depth = 5): Element {
  const at = `${name}, ${6 - depth} deep`
  const item: Element[] = [
    lo(0x00080104, planting.word(`CodeMeaning in ${at}`)),
    { tag: 0x00100010, vr: 'PN', value: planting.word(`PatientName in ${at}`) },
    ...(depth > 1 ? [nested(planting, tag, name, depth - 1)] : []),
  ]
  return { tag, vr: 'SQ', value: [item.toSorted((a, b) => a.tag - b.tag)] }
}

const table = (name: string, planting: Planting): Element[] => [
  us(0x00283002, 2, 0, 16),
  lo(0x00283003, planting.word(`LUTExplanation of a ${name}`)),
  us(0x00283006, 1, 2),
]

async function attributes(): Promise<Carrier> {
  const planting = new Planting()
  const also: Element[] = [...PEOPLE, ...EVENTS, ...EQUIPMENT].map(([keyword, tag, vr]) => ({
    tag,
    vr,
    value: valueFor(planting, keyword, vr),
  }))
  for (const [keyword, tag] of UIDS) also.push({ tag, vr: 'UI', value: planting.uid(keyword) })
  also.push(
    nested(planting, 0x00400275, 'RequestAttributesSequence'),
    lo(0x00110010, planting.word('a private creator')),
    lo(0x00111001, planting.word('a private element')),
    { tag: 0x00111002, vr: 'UN', value: Buffer.from(planting.word('private bytes of unknown meaning')) },
    nested(planting, 0x00111003, 'a private sequence'),
    { tag: 0x50003000, vr: 'OW', value: Buffer.from(planting.word('CurveData')) },
    us(0x60000010, 16),
    us(0x60000011, 16),
    { tag: 0x60003000, vr: 'OW', value: Buffer.from(planting.word('OverlayData').padEnd(32)) },
    { tag: 0x00283010, vr: 'SQ', value: [table('VOI LUT', planting)] },
    { tag: 0xfffcfffc, vr: 'OB', value: Buffer.from(planting.word('DataSetTrailingPadding')) },
  )
  return stored('attributes', await writePart10(picture(also)), planting)
}

const stored = (name: string, bytes: Uint8Array, planting: Planting): Carrier => ({
  file: { name, bytes },
  planting,
  status: 'stored',
})

async function texts(): Promise<Carrier> {
  const planting = new Planting()
  const also = TEXTS.map(([keyword, tag]): Element => ({ tag, vr: 'LO', value: planting.word(keyword) }))
  return stored('texts', await writePart10(picture(also), IMPLICIT_LITTLE_ENDIAN), planting)
}

const spelt = SPELT.map(([set, bytes, text]) => async (): Promise<Carrier> => {
  const planting = new Planting()
  const value = planting.spelt(`PatientName in ${set}`, Uint8Array.from(bytes), text)
  const also: Element[] = [
    { tag: 0x00080005, vr: 'CS', value: set.startsWith('ISO 2022') ? ['', set] : set },
    { tag: 0x00100010, vr: 'PN', value },
  ]
  return stored(`names in ${set}`, await writePart10(picture(also)), planting)
})

/** Around the elements: preamble, file meta, what is too long, what comes after. */
async function around(): Promise<Carrier> {
  const planting = new Planting()
  const cells = Buffer.concat([
    Buffer.from(ramp(512).map((byte) => byte & 63)),
    Buffer.from(planting.word('bytes behind the last pixel')),
  ])
  const file = Buffer.from(await writePart10(picture([{ tag: 0x7fe00010, vr: 'OW', value: cells }])))
  file.write(planting.word('the preamble'), 20, 'latin1')
  const meta = Buffer.concat([
    short(0x0016, 'AE', planting.word('SourceApplicationEntityTitle')),
    short(0x0017, 'AE', planting.word('SendingApplicationEntityTitle')),
    short(0x0100, 'UI', '1.2.3.4.'),
    Buffer.from([2, 0, 2, 1, 0x4f, 0x42, 0, 0, 10, 0, 0, 0]),
    Buffer.from(planting.word('PrivateInformation')),
  ])
  const end = 144 + file.readUInt32LE(140)
  file.writeUInt32LE(file.readUInt32LE(140) + meta.length, 140)
  const bytes = Buffer.concat([
    file.subarray(0, end),
    meta,
    file.subarray(end),
    Buffer.from(planting.word('bytes behind the end of the file')),
  ])
  return stored('around', bytes, planting)
}

/** An element of the file meta; even. */
const short = (element: number, vr: string, text: string): Buffer =>
  Buffer.concat([
    Buffer.from([2, 0, element & 255, element >> 8]),
    Buffer.from(vr),
    Buffer.from([text.length, 0]),
    Buffer.from(text),
  ])

/** Twelve bits are pictures; a word lies in the four above, half a letter each. */
async function unusedBits(): Promise<Carrier> {
  const planting = new Planting()
  const cells = planting.scattered('the unused high bits of pixels', (word) => {
    const out = Buffer.from(ramp(512).map((byte, k) => (k % 2 ? byte & 0x0f : byte)))
    for (const [k, half] of [...Buffer.from(word)].flatMap((byte) => [byte >> 4, byte & 15]).entries()) {
      const at = 2 * k + 1
      out[at] = (out[at] as number) | (half << 4)
    }
    return out
  })
  const also: Element[] = [
    us(0x00280101, 12),
    us(0x00280102, 11),
    us(0x00280103, 0),
    { tag: 0x7fe00010, vr: 'OW', value: cells },
  ]
  return stored('unused bits', await writePart10(picture(also)), planting)
}

/** A segment behind the first marker of a JPEG or JPEG-LS stream. */
const inJpeg = (stream: Buffer, marker: number, text: string): Buffer =>
  Buffer.concat([
    stream.subarray(0, 2),
    Buffer.from([0xff, marker, 0, text.length + 2]),
    Buffer.from(text),
    stream.subarray(2),
  ])

async function streams(): Promise<Carrier[]> {
  const carriers: Carrier[] = []
  for (const coding of ['jpeg', 'jpeg-lossless', 'jpeg-ls', 'jpeg-2000', 'rle'] as const) {
    const stream = STREAMS.find(
      (one) => one.coding === coding && (one.samples === 1 || coding === 'jpeg-ls' || coding === 'rle'),
    )
    if (!stream) throw new Error(`no stream of ${coding}`)
    const planting = new Planting()
    let bytes: Buffer = Buffer.from(stream.base64, 'base64')
    if (coding === 'jpeg-2000') {
      const text = planting.word('a comment of a JPEG 2000 frame')
      const at = bytes.indexOf(Buffer.from([0xff, 0x90]))
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([0xff, 0x64, 0, text.length + 4, 0, 1]),
        Buffer.from(text),
        bytes.subarray(at),
      ])
    } else if (coding === 'rle')
      bytes = Buffer.concat([bytes, Buffer.from(planting.word('bytes behind the segments of RLE'))])
    else {
      for (const [marker, what] of [
        [0xfe, 'a comment'],
        [0xe1, 'APP1'],
        [0xed, 'APP13'],
      ] as const)
        bytes = inJpeg(bytes, marker, planting.word(`${what} of a ${coding} frame`))
    }
    const made = picture([])
    const own = made.filter(({ tag }) => [0x00080018, 0x0020000d, 0x0020000e, 0x00200052].includes(tag))
    carriers.push(
      stored(
        coding,
        await coded(stream, own.concat({ tag: 0x00100010, vr: 'PN', value: '' }), bytes),
        planting,
      ),
    )
  }
  return carriers
}

async function offsetTable(): Promise<Carrier> {
  const planting = new Planting()
  const elements = picture([])
  const pixels = elements.find(({ tag }) => tag === 0x7fe00010)?.value as Uint8Array
  const slack = Buffer.from(`${planting.word('slack of a basic offset table')}  `)
  return stored(
    'offset table',
    await encapsulated(elements, '1.2.840.10008.1.2.1.98', [pixels], slack),
    planting,
  )
}

async function framesOfTheirOwn(): Promise<Carrier> {
  const planting = new Planting()
  const frame = (k: number): Element[] => [
    {
      tag: 0x00209111,
      vr: 'SQ',
      value: [
        [
          lo(0x00209158, planting.word(`FrameComments of frame ${k}`)),
          lo(0x00209453, planting.word(`FrameLabel of frame ${k}`)),
        ],
      ],
    },
    { tag: 0x00209113, vr: 'SQ', value: [[{ tag: 0x00200032, vr: 'DS', value: [0, 0, k] }]] },
  ]
  const also: Element[] = [
    {
      tag: 0x52009229,
      vr: 'SQ',
      value: [
        [
          {
            tag: 0x00081140,
            vr: 'SQ',
            value: [[lo(0x00081030, planting.word('a text of the shared groups'))]],
          },
        ],
      ],
    },
    { tag: 0x52009230, vr: 'SQ', value: [frame(1), frame(2)] },
  ]
  return stored('many frames', await writePart10(picture(also, 2)), planting)
}

async function others(): Promise<Carrier[]> {
  const held = new Planting()
  const burned = await writePart10(
    picture([
      { tag: 0x00280301, vr: 'CS', value: 'YES' },
      { tag: 0x00100010, vr: 'PN', value: held.word('PatientName of a picture that is held') },
      lo(0x00081030, held.word('StudyDescription of a picture that is held')),
    ]),
  )
  const report = new Planting()
  const left = await writePart10([
    ...imageElements({ without: [0x7fe00010, 0x00280010, 0x00100010, 0x00080016] }),
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.88.22' },
    { tag: 0x00100010, vr: 'PN', value: report.word('PatientName of a report') },
    { tag: 0x0040a730, vr: 'SQ', value: [[lo(0x0040a160, report.word('what a report says'))]] },
  ])
  const disc = new Planting()
  const record = (type: string, ...more: Element[]): Element[] => [
    { tag: 0x00041430, vr: 'CS', value: type },
    ...more,
  ]
  const directory = await writePart10([
    { tag: 0x00041130, vr: 'CS', value: disc.word('FileSetID of a disc') },
    {
      tag: 0x00041220,
      vr: 'SQ',
      value: [
        record('PATIENT', { tag: 0x00100010, vr: 'PN', value: disc.word('PatientName of a disc') }),
        record('IMAGE', {
          tag: 0x00041500,
          vr: 'CS',
          value: ['IMAGES', disc.word('ReferencedFileID of a disc')],
        }),
      ],
    },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.1.3.10' },
  ])
  const broken = new Planting()
  const whole = await writePart10(
    picture([{ tag: 0x00100010, vr: 'PN', value: broken.word('PatientName of a truncated file') }]),
  )
  const syntax = new Planting()
  const unknown = await writePart10(picture([]), syntax.uid('TransferSyntaxUID that is not known') as never)
  const colours = new Planting()
  const coloured = await writePart10(
    picture([{ tag: 0x00280004, vr: 'CS', value: colours.word('PhotometricInterpretation') }]),
  )
  const letter = new Planting()
  const text = Buffer.from(`Dear colleague, ${letter.word('a letter')} is known to us. `.repeat(20))
  return [
    { file: { name: 'held', bytes: burned }, planting: held, status: 'held' },
    { file: { name: 'report', bytes: left }, planting: report, status: 'left-out' },
    { file: { name: 'DICOMDIR', bytes: directory }, planting: disc, status: 'left-out' },
    { file: { name: 'cut', bytes: whole.subarray(0, -100) }, planting: broken, status: 'refused' },
    { file: { name: 'unknown syntax', bytes: unknown }, planting: syntax, status: 'refused' },
    { file: { name: 'unknown colours', bytes: coloured }, planting: colours, status: 'refused' },
    { file: { name: 'letter.txt', bytes: text }, planting: letter, status: 'left-out' },
  ]
}

/** A class that is below the standard's root, and yet somebody's. */
async function classes(): Promise<Carrier> {
  const planting = new Planting()
  const value = planting.uid('SOPClassUID', '1.2.840.10008.5.1.4.1.1.2.19310407')
  return stored('class', await writePart10(picture([{ tag: 0x00080016, vr: 'UI', value }])), planting)
}

export async function dicomCarriers(): Promise<Carrier[]> {
  const single = [attributes, texts, ...spelt, around, unusedBits, offsetTable, framesOfTheirOwn, classes]
  const files: Carrier[] = []
  for (const make of single) files.push(await make())
  return [...files, ...(await streams()), ...(await others())]
}
