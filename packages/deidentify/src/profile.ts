/**
 * What is kept of a file: the pixels and the technical attributes on this list; everything else is dropped because it is not here.
 * A text is kept only where it equals a word of a closed list, so a name written into Modality is dropped like any other name.
 * The account of it names attributes (PS3.6 keywords), never their values.
 * In the terms of PS3.15 Annex E this is stricter than the Basic Profile; UIDs are mapped (uids.ts), and of dates nothing survives but
 * how much time lies between the frames of one file. What tells how much of a tracer a PET picture shows (weight, dose, times) is used up
 * while the file is read: a factor comes out, and only that is kept.
 */
import type { CleanInstance, Instance } from '@consilium/imaging/dicom'
import { keywordOf } from './keywords.ts'
import { suspicionsOf } from './suspicions.ts'
import type { MapUid } from './uids.ts'
import { unusedForUptake } from './uptake.ts'
import { BODY_PARTS, MODALITIES, PET_UNITS, UNITS, WINDOW_NAMES } from './words.ts'

export interface Report {
  /** Keywords of the attributes that were kept, sorted; those kept as something else say as what. */
  readonly kept: readonly string[]
  /** Keywords of the attributes that were left out, sorted; private ones by group, since their names are not known. */
  readonly dropped: readonly string[]
}

/**
 * Tag (`ggggeeee`) -> how it is kept. 'word' only if its text is on the closed list; 'uid' only as its mapping; 'elapsed' only as the
 * time since the first frame; 'applied' only as what it did to the values; 'uptake' only as the factor it is a part of.
 */
export const ALLOWED = {
  '00080016': 'standard-uid', // SOPClassUID
  '00080018': 'uid', // SOPInstanceUID
  '00080021': 'uptake', // SeriesDate
  '00080022': 'uptake', // AcquisitionDate
  '00080031': 'uptake', // SeriesTime
  '00080032': 'uptake', // AcquisitionTime
  '00080060': 'word', // Modality
  '00082144': 'number', // RecommendedDisplayFrameRate
  '00100040': 'uptake', // PatientSex
  '00101020': 'uptake', // PatientSize
  '00101030': 'uptake', // PatientWeight
  '00102210': 'closed', // AnatomicalOrientationType
  '00180015': 'word', // BodyPartExamined
  '00180040': 'number', // CineRate
  '00180050': 'number', // SliceThickness
  '00181060': 'number', // TriggerTime
  '00181063': 'number', // FrameTime
  '00181065': 'number', // FrameTimeVector
  '00181072': 'uptake', // RadiopharmaceuticalStartTime
  '00181074': 'uptake', // RadionuclideTotalDose
  '00181075': 'uptake', // RadionuclideHalfLife
  '00181078': 'uptake', // RadiopharmaceuticalStartDateTime
  '00181164': 'number', // ImagerPixelSpacing
  '00186011': 'container', // SequenceOfUltrasoundRegions
  '00186012': 'closed', // RegionSpatialFormat
  '00186018': 'number', // RegionLocationMinX0
  '0018601a': 'number', // RegionLocationMinY0
  '0018601c': 'number', // RegionLocationMaxX1
  '0018601e': 'number', // RegionLocationMaxY1
  '00186024': 'closed', // PhysicalUnitsXDirection
  '00186026': 'closed', // PhysicalUnitsYDirection
  '0018602c': 'number', // PhysicalDeltaX
  '0018602e': 'number', // PhysicalDeltaY
  '00189118': 'container', // CardiacSynchronizationSequence
  '00189151': 'elapsed', // FrameReferenceDateTime
  '0020000d': 'uid', // StudyInstanceUID
  '0020000e': 'uid', // SeriesInstanceUID
  '00200012': 'number', // AcquisitionNumber
  '00200013': 'number', // InstanceNumber
  '00200020': 'closed', // PatientOrientation
  '00200032': 'number', // ImagePositionPatient
  '00200037': 'number', // ImageOrientationPatient
  '00200052': 'uid', // FrameOfReferenceUID
  '00200100': 'number', // TemporalPositionIdentifier
  '00209111': 'container', // FrameContentSequence
  '00209113': 'container', // PlanePositionSequence
  '00209116': 'container', // PlaneOrientationSequence
  '00209128': 'number', // TemporalPositionIndex
  '00209153': 'number', // NominalCardiacTriggerDelayTime
  '00280002': 'number', // SamplesPerPixel
  '00280004': 'closed', // PhotometricInterpretation
  '00280006': 'number', // PlanarConfiguration
  '00280008': 'number', // NumberOfFrames
  '00280010': 'number', // Rows
  '00280011': 'number', // Columns
  '00280030': 'number', // PixelSpacing
  '00280034': 'number', // PixelAspectRatio
  '00280051': 'uptake', // CorrectedImage
  '00280100': 'number', // BitsAllocated
  '00280101': 'number', // BitsStored
  '00280102': 'number', // HighBit
  '00280103': 'number', // PixelRepresentation
  '00280120': 'number', // PixelPaddingValue
  '00280a02': 'closed', // PixelSpacingCalibrationType
  '00281050': 'number', // WindowCenter
  '00281051': 'number', // WindowWidth
  '00281052': 'number', // RescaleIntercept
  '00281053': 'number', // RescaleSlope
  '00281054': 'word', // RescaleType
  '00281055': 'word', // WindowCenterWidthExplanation
  '00281056': 'closed', // VOILUTFunction
  '00281101': 'number', // RedPaletteColorLookupTableDescriptor
  '00281102': 'number', // GreenPaletteColorLookupTableDescriptor
  '00281103': 'number', // BluePaletteColorLookupTableDescriptor
  '00281201': 'pixels', // RedPaletteColorLookupTableData
  '00281202': 'pixels', // GreenPaletteColorLookupTableData
  '00281203': 'pixels', // BluePaletteColorLookupTableData
  '00281221': 'pixels', // SegmentedRedPaletteColorLookupTableData
  '00281222': 'pixels', // SegmentedGreenPaletteColorLookupTableData
  '00281223': 'pixels', // SegmentedBluePaletteColorLookupTableData
  '00282110': 'closed', // LossyImageCompression
  '00283000': 'applied', // ModalityLUTSequence
  '00283002': 'number', // LUTDescriptor
  '00283004': 'word', // ModalityLUTType
  '00283006': 'pixels', // LUTData
  '00283010': 'container', // VOILUTSequence
  '00289110': 'container', // PixelMeasuresSequence
  '00289132': 'container', // FrameVOILUTSequence
  '00289145': 'container', // PixelValueTransformationSequence
  '52009229': 'container', // SharedFunctionalGroupsSequence
  '52009230': 'container', // PerFrameFunctionalGroupsSequence
  '00540016': 'uptake', // RadiopharmaceuticalInformationSequence
  '00541001': 'word', // Units
  '00541006': 'uptake', // SUVType
  '00541102': 'uptake', // DecayCorrection
  '7fe00008': 'pixels', // FloatPixelData
  '7fe00009': 'pixels', // DoubleFloatPixelData
  '7fe00010': 'pixels', // PixelData
} as const satisfies Record<string, keyof typeof KEPT_AS>

/** What of an ultrasound picture is kept only where one of its regions has a scale. */
const REGIONS = Object.keys(ALLOWED).filter((tag) => tag.startsWith('001860'))

/** Storage classes of the standard: short numbers, where no other number could hide. */
const STORAGE_CLASS = /^1\.2\.840\.10008\.5\.1\.4\.1\.1(\.\d{1,3}){1,4}$/

/**
 * The only way from an Instance to something that may be kept. Pixels are kept as they are: `suspicions` says in sentences why text in them
 * may name somebody, and then they must be kept apart until a person has looked.
 */
export async function deidentify(
  instance: Instance,
  mapUid: MapUid,
): Promise<{ instance: CleanInstance; report: Report; suspicions: string[] }> {
  const { words, identity, frames, modalityLut, voiLuts, suv } = instance
  const sopClass = STORAGE_CLASS.test(instance.technical.sopClass) ? instance.technical.sopClass : ''
  const technical = { ...instance.technical, sopClass }
  const modality = wordOf(words.modality, MODALITIES)
  const bodyPart = wordOf(words.bodyPart, BODY_PARTS)
  const units = modality === 'PT' ? wordOf(words.units ?? '', PET_UNITS) : ''
  const unit = wordOf(words.rescaleType, UNITS)
  const windowNames = words.windowNames.map((name) => wordOf(name, WINDOW_NAMES))
  const [study, series, instanceUid, frameOfReference] = await Promise.all(
    [identity.study, identity.series, identity.instance, identity.frameOfReference].map(mapUid),
  )
  const lost: [tag: string, isLost: boolean][] = [
    ['00080016', sopClass === ''],
    ['00080060', words.modality !== '' && modality === ''],
    ['00180015', words.bodyPart !== '' && bodyPart === ''],
    ...REGIONS.map((tag): [string, boolean] => [tag, !technical.regions]),
    ['00189151', frames.every((frame) => frame.timeMs === undefined)],
    ['00281054', words.rescaleType !== '' && unit === ''],
    ['00281055', words.windowNames.some((name, k) => name !== '' && windowNames[k] === '')],
    ['00283000', !modalityLut],
    ['00283002', !modalityLut && !voiLuts],
    ['00283004', unit === ''],
    ['00283006', !modalityLut && !voiLuts],
    ['00283010', !voiLuts],
    ['00541001', units === ''],
    ...unusedForUptake(suv).map((tag): [string, boolean] => [tag, true]),
  ]
  return {
    instance: {
      technical,
      modality,
      bodyPart,
      // Units say more of PET than RescaleType does.
      unit: units || unit || (modality === 'CT' ? 'HU' : ''),
      windowNames,
      uids: {
        study: study ?? null,
        series: series ?? null,
        instance: instanceUid ?? null,
        frameOfReference: frameOfReference ?? null,
      },
      frames,
      ...(modalityLut && { modalityLut }),
      ...(voiLuts && { voiLuts }),
      ...(suv && { suv }),
    },
    report: reportOf(
      instance.present,
      new Set(lost.flatMap(([tag, isLost]) => (isLost ? [tag] : []))),
      instance.beside ?? [],
    ),
    suspicions: suspicionsOf(instance),
  }
}

/** What the account adds to the keyword. */
const KEPT_AS = {
  number: '',
  word: '',
  closed: '',
  container: '',
  pixels: '',
  'standard-uid': '',
  uid: ' (replaced)',
  elapsed: ' (as the time between frames)',
  applied: ' (applied)',
  uptake: ' (as a part of the uptake factor)',
} as const

/** Accounts of many files of one series -> one. An attribute that was dropped anywhere counts as dropped. */
export function mergeReports(reports: Iterable<Report>): Report {
  const kept = new Set<string>()
  const dropped = new Set<string>()
  for (const report of reports) {
    for (const name of report.kept) kept.add(name)
    for (const name of report.dropped) dropped.add(name)
  }
  return { kept: [...kept].filter((name) => !dropped.has(name)).sort(), dropped: [...dropped].sort() }
}

function reportOf(present: readonly string[], lost: ReadonlySet<string>, beside: readonly string[]): Report {
  const kept = new Set<string>()
  const dropped = new Set<string>(beside)
  for (const tag of present) {
    if (tag.startsWith('fffe')) continue
    const how = lost.has(tag) ? undefined : (ALLOWED as Record<string, keyof typeof KEPT_AS | undefined>)[tag]
    if (how === undefined) dropped.add(keywordOf(tag))
    else kept.add(keywordOf(tag) + KEPT_AS[how])
  }
  return { kept: [...kept].sort(), dropped: [...dropped].sort() }
}

const wordOf = (text: string, list: ReadonlySet<string>): string => {
  const word = text.trim().toUpperCase()
  return list.has(word) ? word : ''
}
