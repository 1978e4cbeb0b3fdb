/** A file with a text of its own wherever one can stand: what is kept of it, what is said of it, and what is suspected hold none of them. */
import { type CleanInstance, readInstance } from '@consilium/imaging/dicom'
import { arrange, slicesOf } from '@consilium/imaging/series'
import { type Element, writePart10 } from '@consilium/imaging/write'
import { describe, expect, it } from 'vitest'
import { deidentify } from './profile.ts'
import { uidMapper } from './uids.ts'

const mapUid = await uidMapper(new Uint8Array(32).fill(7))

/** Planted texts: each its own number, so that what gets through says where it stood. */
let planted = 0
const plant = (): string => `PLANT${String(++planted).padStart(3, '0')}`
const text = (tag: number, vr: Element['vr'] = 'LO'): Element => ({ tag, vr, value: plant() })
const us = (tag: number, ...value: number[]): Element => ({ tag, vr: 'US', value })
const ds = (tag: number, ...value: number[]): Element => ({ tag, vr: 'DS', value })
const sq = (tag: number, ...value: Element[][]): Element => ({ tag, vr: 'SQ', value })
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value)

const table = (explanation: Element, ...also: Element[]): Element[] => [
  us(0x00283002, 2, 0, 16),
  explanation,
  ...also,
  { tag: 0x00283006, vr: 'OW', value: Uint8Array.of(1, 0, 2, 0) },
]
const frameGroups = (z: number): Element[] => [
  sq(0x00209111, [
    text(0x00209056, 'SH'), // StackID
    { tag: 0x00209128, vr: 'UL', value: [1] },
    text(0x00209158), // FrameComments
    text(0x00209453), // FrameLabel
    { tag: 0x00189151, vr: 'UN', value: bytes(`2006121912${30 + z}00.5`) },
    text(0x00091010),
  ]),
  sq(0x00209113, [ds(0x00200032, 0, 0, z), text(0x00104000)]),
  sq(0x00289132, [ds(0x00281050, 40), ds(0x00281051, 400), text(0x00281055), text(0x00281056, 'CS')]),
  sq(0x00289145, [ds(0x00281053, 1), ds(0x00281052, 0), text(0x00281054)]),
]

const elements = (): Element[] => [
  { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
  { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', plant()] },
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.4.1' },
  { tag: 0x00080018, vr: 'UI', value: '1.2.999.424242.1' },
  text(0x00080020, 'DA'),
  text(0x00080030, 'TM'),
  text(0x00080050, 'SH'),
  text(0x00080060, 'CS'),
  text(0x00080064, 'CS'),
  text(0x00080080),
  text(0x00080090, 'PN'),
  text(0x0008103e),
  sq(0x00081140, [
    text(0x00100010, 'PN'),
    sq(0x00081150, [text(0x00100020), sq(0x0040a730, [text(0x0040a160)])]),
  ]),
  text(0x00090010),
  text(0x00091001),
  sq(0x00091002, [text(0x00091003), text(0x00100010, 'PN')]),
  text(0x00100010, 'PN'),
  text(0x00100020),
  text(0x00100030, 'DA'),
  text(0x00101040),
  text(0x00104000),
  text(0x00180015, 'CS'),
  text(0x00181030),
  { tag: 0x0020000d, vr: 'UI', value: '1.2.999.424242' },
  { tag: 0x0020000e, vr: 'UI', value: '1.2.999.424242.2' },
  text(0x00200012, 'IS'),
  text(0x00200013, 'IS'),
  { tag: 0x00200052, vr: 'UI', value: '1.2.999.424242.3' },
  text(0x00204000),
  us(0x00280002, 1),
  { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
  { tag: 0x00280008, vr: 'IS', value: [2] },
  us(0x00280010, 1),
  us(0x00280011, 2),
  text(0x00280030, 'DS'),
  text(0x00280034, 'IS'),
  us(0x00280100, 16),
  text(0x00280301, 'CS'),
  text(0x00281050, 'DS'),
  text(0x00281054),
  text(0x00281055),
  text(0x00282110, 'CS'),
  sq(0x00283000, table(text(0x00283003), text(0x00283004))),
  sq(0x00283010, table(text(0x00283003))),
  text(0x00324000),
  text(0x4008010b),
  text(0x50000022), // a curve's description
  sq(0x52009229, [text(0x00104000)]),
  sq(0x52009230, frameGroups(0), frameGroups(1)),
  us(0x60000010, 1),
  us(0x60000011, 72),
  text(0x60000022),
  { tag: 0x60003000, vr: 'OW', value: bytes(plant()) },
  { tag: 0x7fe00010, vr: 'OW', value: Uint8Array.of(0, 0, 1, 0, 1, 0, 0, 0) },
  text(0xfffcfffc),
]

describe('[D31] of a file with a text wherever one can stand', () => {
  it('no slice, no series, no account and no suspicion holds one', async () => {
    const file = await writePart10(elements())
    expect(planted).toBeGreaterThan(50)
    const { instance, report, suspicions } = await deidentify(await readInstance(file), mapUid)
    const slices = await slicesOf(instance)
    const volumes = await arrange(slices)
    const all = JSON.stringify([slices, volumes, report, suspicions])
    // What was meant to be kept is there, so nothing was lost with the rest.
    expect(slices).toHaveLength(2)
    expect(slices[0]).toMatchObject({ temporal: 1, timeMs: 0, windows: [{ center: 40, width: 400 }] })
    expect(slices[1]).toMatchObject({ timeMs: 60_000, position: [0, 0, 1] })
    expect(slices[0]?.voiLuts).toHaveLength(1)
    expect(all.match(/PLANT\d*|424242|20061219|1219/gi)).toBeNull()
  })

  it('[D32] the account names what was left out, and says what was kept as something else', async () => {
    const { report } = await deidentify(await readInstance(await writePart10(elements())), mapUid)
    expect(report.kept).toEqual(
      expect.arrayContaining([
        'FrameReferenceDateTime (as the time between frames)',
        'ModalityLUTSequence (applied)',
        'PerFrameFunctionalGroupsSequence',
        'StudyInstanceUID (replaced)',
        'TemporalPositionIndex',
        'VOILUTSequence',
      ]),
    )
    expect(report.dropped).toEqual(
      expect.arrayContaining([
        'Curve (group 50xx)',
        'FrameComments',
        'ImageComments',
        'LUTExplanation',
        'ModalityLUTType',
        'Overlay (group 60xx)',
        'PatientName',
        'Private attributes (group 0009)',
        'ReferencedImageSequence',
      ]),
    )
  })
})

it('[D32] tables and times that could not be used are not said to be kept', async () => {
  const broken = [
    sq(0x00283000, [us(0x00283002, 9, 0, 16)]),
    sq(0x00283010, [us(0x00283002, 9, 0, 16)]),
    sq(0x52009230, frameGroups(0), [text(0x00104000)]),
  ]
  const tags = new Set(broken.map(({ tag }) => tag))
  const file = await writePart10([...elements().filter(({ tag }) => !tags.has(tag)), ...broken])
  const { report } = await deidentify(await readInstance(file), mapUid)
  expect(report.dropped).toEqual(
    expect.arrayContaining([
      'FrameReferenceDateTime',
      'LUTDescriptor',
      'ModalityLUTSequence',
      'VOILUTSequence',
    ]),
  )
})

describe('[D30] texts in whatever character set', () => {
  const names: [string, Uint8Array][] = [
    ['UTF-8', bytes('Günther^Jürgen')],
    ['Greek (ISO 8859-7)', Uint8Array.of(0xc4, 0xe9, 0xef, 0xed, 0xf5, 0xf3)],
    ['Cyrillic (ISO 8859-5)', Uint8Array.of(0xbb, 0xee, 0xda, 0xd9, 0xd5)],
    ['Shift JIS', Uint8Array.of(0xd4, 0xcf, 0xc0, 0xde, 0x5e, 0xc0, 0xdb, 0xb3)],
    [
      'Japanese by escape sequences',
      Uint8Array.of(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, 0x1b, 0x28, 0x4a),
    ],
    ['Korean', Uint8Array.of(0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8, 0xc8, 0xf1)],
    ['GB18030', Uint8Array.of(0xcd, 0xf5, 0x5e, 0xd0, 0xa1, 0xb6, 0xab)],
    ['a word of the list with an accent', bytes('CHÉST')],
    ['a word of the list with more behind a null', bytes('CHEST\0M\u00fcller')],
  ]

  it.each(names)('%s: only words of the closed lists come through', async (_, name) => {
    const tags = [0x00080060, 0x00180015, 0x00281054, 0x00281055]
    const words = tags.map((tag): Element => ({ tag, vr: 'LO', value: name }))
    const plain = elements().filter(({ tag }) => tag >>> 16 !== 0x5200 && !tags.includes(tag))
    const file = await writePart10([...plain, ...words])
    const { instance, report } = await deidentify(await readInstance(file), mapUid)
    const { modality, bodyPart, unit, windowNames }: CleanInstance = instance
    expect([modality, bodyPart, unit, ...windowNames].join('')).toBe('')
    // Every letter of every text is one of ours.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(JSON.stringify([await slicesOf(instance), report])).toMatch(/^[\x20-\x7e]*$/)
  })
})

it('[D31] a number is not kept for looking like the class of an object', async () => {
  const file = await writePart10([
    ...elements().filter(({ tag }) => tag !== 0x00080016),
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.19700101' },
  ])
  const { instance, report } = await deidentify(await readInstance(file), mapUid)
  expect(JSON.stringify(await slicesOf(instance))).not.toContain('19700101')
  expect(report.dropped).toContain('SOPClassUID')
})
