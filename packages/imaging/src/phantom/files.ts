/** The chest phantom as DICOM: CT Image Storage, explicit VR little endian, one file per slice, UIDs from the seed. */
import { type Element, EXPLICIT_LITTLE_ENDIAN, type WritableSyntax, writePart10 } from '../dicom/write.ts'
import { type Chest, type ChestOptions, chestPhantom, PADDING, RESCALE_INTERCEPT } from './chest.ts'
import { randomFrom } from './random.ts'

export {
  type Chest,
  type ChestOptions,
  type ChestSlice,
  chestPhantom,
  type Nodule,
  type NoduleKind,
} from './chest.ts'

export interface ChestFile {
  /** `chest-001.dcm` … in the order of the slices. */
  readonly name: string
  readonly bytes: Uint8Array
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2'

/** Files one after the other; at most one slice is in memory. */
export async function* chestFiles(
  options: Partial<ChestOptions> & { readonly syntax?: WritableSyntax } = {},
): AsyncGenerator<ChestFile, void, undefined> {
  const chest = chestPhantom(options)
  const uids = uidsFrom(options.seed ?? 7)
  const common = seriesElements(chest, uids)
  for (const { index, position, pixels } of chest.render()) {
    const own: Element[] = [
      { tag: 0x00080018, vr: 'UI', value: uids.instance(index) },
      { tag: 0x00200013, vr: 'IS', value: [index + 1] },
      { tag: 0x00200032, vr: 'DS', value: [...position] },
      { tag: 0x00201041, vr: 'DS', value: [position[2]] },
      {
        tag: 0x7fe00010,
        vr: 'OW',
        value: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength),
      },
    ]
    const bytes = await writePart10([...common, ...own], options.syntax ?? EXPLICIT_LITTLE_ENDIAN)
    yield { name: `chest-${String(index + 1).padStart(3, '0')}.dcm`, bytes }
  }
}

function seriesElements(chest: Chest, uids: ReturnType<typeof uidsFrom>): Element[] {
  const { spacing } = chest
  return [
    { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY', 'AXIAL'] },
    { tag: 0x00080016, vr: 'UI', value: CT_IMAGE_STORAGE },
    { tag: 0x00080020, vr: 'DA', value: '20200101' },
    { tag: 0x00080030, vr: 'TM', value: '120000' },
    { tag: 0x00080050, vr: 'SH', value: '' },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x00080070, vr: 'LO', value: 'Consilium phantom' },
    { tag: 0x00080090, vr: 'PN', value: '' },
    { tag: 0x0008103e, vr: 'LO', value: 'Synthetic chest' },
    { tag: 0x00100010, vr: 'PN', value: 'Phantom^Chest' },
    { tag: 0x00100020, vr: 'LO', value: 'PHANTOM-CHEST' },
    { tag: 0x00100030, vr: 'DA', value: '' },
    { tag: 0x00100040, vr: 'CS', value: 'O' },
    { tag: 0x00180015, vr: 'CS', value: 'CHEST' },
    { tag: 0x00180050, vr: 'DS', value: [spacing.slice] },
    { tag: 0x00180060, vr: 'DS', value: [120] },
    { tag: 0x00185100, vr: 'CS', value: 'HFS' },
    { tag: 0x0020000d, vr: 'UI', value: uids.study },
    { tag: 0x0020000e, vr: 'UI', value: uids.series },
    { tag: 0x00200010, vr: 'SH', value: '1' },
    { tag: 0x00200011, vr: 'IS', value: [1] },
    { tag: 0x00200012, vr: 'IS', value: [1] },
    { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 0, 1, 0] },
    { tag: 0x00200052, vr: 'UI', value: uids.frameOfReference },
    { tag: 0x00201040, vr: 'LO', value: '' },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [chest.rows] },
    { tag: 0x00280011, vr: 'US', value: [chest.columns] },
    { tag: 0x00280030, vr: 'DS', value: [spacing.row, spacing.column] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [1] },
    { tag: 0x00280120, vr: 'SS', value: [PADDING] },
    { tag: 0x00281050, vr: 'DS', value: [-600, 40] },
    { tag: 0x00281051, vr: 'DS', value: [1500, 400] },
    { tag: 0x00281052, vr: 'DS', value: [RESCALE_INTERCEPT] },
    { tag: 0x00281053, vr: 'DS', value: [1] },
    { tag: 0x00281054, vr: 'LO', value: 'HU' },
    { tag: 0x00281055, vr: 'LO', value: ['LUNG', 'MEDIASTINUM'] },
  ]
}

/** `2.25.<122 random bits>` (PS3.5 B.2): the same seed, the same UIDs, so that importing twice is noticed. */
function uidsFrom(seed: number) {
  const random = randomFrom(seed ^ 0x5eed)
  const next = (): string => {
    const words = Array.from({ length: 4 }, () => BigInt(Math.floor(random() * 2 ** 32)))
    const bits = words.reduce((value, word) => (value << 32n) | word, 0n)
    const version = bits & ~(0xf000n << 64n) & ~(0xc000n << 48n)
    return `2.25.${version | (0x8000n << 64n) | (0x8000n << 48n)}`
  }
  const instances: string[] = []
  return {
    study: next(),
    series: next(),
    frameOfReference: next(),
    instance(index: number): string {
      while (instances.length <= index) instances.push(next())
      return instances[index] as string
    },
  }
}
