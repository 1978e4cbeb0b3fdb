/**
 * What a DICOM file becomes. Four parts, so that nothing slips through by accident:
 *   technical  numbers and closed lists only, safe to keep
 *   words      code strings as they stand in the file, unchecked: free text can hide here
 *   identity   raw UIDs: they lead back to a person and must not be kept
 *   frames     the stored pixel values with the place of each frame
 * @consilium/deidentify/profile turns an Instance into a CleanInstance; only that one may be stored or sent.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import type { PatientOrientation } from '../patientOrientation.ts'
import type { Region } from './regions.ts'
import type { Suv } from './suv.ts'

/** Stored values (PS3.3 C.7.6.3.1): masked to BitsStored, sign-extended where PixelRepresentation is 1, host little endian. */
export type StoredPixels = Int16Array | Uint16Array

/** The same, also where 16 bits do not hold them. */
export type WholePixels = StoredPixels | Int32Array | Uint32Array

/**
 * One value per pixel; three (red, green, blue, 0 to 255, beside one another) where the picture is in colour, then a Uint8Array.
 * Colour is made plain while it is read: palettes, luminance and chrominance, and wider samples are not known further on.
 */
export type Pixels = WholePixels | Float32Array | Float64Array | Uint8Array

export type Photometric = 'MONOCHROME1' | 'MONOCHROME2'

/** A table from values to values (PS3.3 C.11.1.1): what comes before `first` has the first value, what comes after the end the last. */
export interface Lut {
  readonly first: number
  /** Bits of its values. */
  readonly bits: number
  readonly values: Uint16Array
}

/** A picture of single bits over the frames (PS3.3 C.9.2). It often spells names: it is never kept. */
export interface Overlay {
  readonly rows: number
  readonly columns: number
  /** Row and column of its first pixel, counted from 1; it may lie outside of the picture. */
  readonly origin: readonly [row: number, column: number]
  /** The first frame it lies over, from 0. */
  readonly firstFrame: number
  /** Rows x columns bits per frame, lowest bit of a byte first, frames not aligned to bytes. */
  readonly bits: Uint8Array
  readonly frames: number
}

/** PS3.3 C.11.2.1.3: how a window becomes grey. */
export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'

export interface Technical {
  /** Standard SOP class UID (below 1.2.840.10008), or '' where the file names none. */
  readonly sopClass: string
  readonly transferSyntax: string
  readonly rows: number
  readonly columns: number
  /** RGB for every picture in colour, however it was stored. */
  readonly photometric: Photometric | 'RGB'
  /** As in the file; of floating-point pixels all bits. */
  readonly bits: { readonly allocated: number; readonly stored: number; readonly signed: boolean }
  /** The value that stands for "no picture here" (PixelPaddingValue), stored units. */
  readonly padding: number | null
  readonly instanceNumber: number | null
  readonly acquisitionNumber: number | null
  /** mm, as stated; never used to place slices. */
  readonly sliceThickness: number | null
  /** Lossy compression was used at some time (LossyImageCompression, or a lossy transfer syntax). */
  readonly lossy: boolean
  /** Height to width of a pixel, where it is not 1 and no spacing says more (PixelAspectRatio). */
  readonly aspect?: number
  /** Which sides of a human its rows and columns run to. */
  readonly patientOrientation?: PatientOrientation
  /** A Modality LUT stands in the place of slope and intercept; 'applied': the values are those that it gave. */
  readonly mapped?: true | 'applied'
  /** Of ultrasound: parts with a scale of their own, as the file states them. */
  readonly regions?: readonly Region[]
}

export interface Rescale {
  readonly slope: number
  readonly intercept: number
}

/** One frame: its pixels and where they lie. */
export interface Frame {
  /** rows x columns values (x 3 in colour), row by row. */
  readonly pixels: Pixels
  /** Centre of the first pixel, patient space (LPS), mm; null where the file does not say. */
  readonly position: Vec3 | null
  /** Unit vectors of growing column index and growing row index; null where the file does not say. */
  readonly orientation: { readonly row: Vec3; readonly column: Vec3 } | null
  /** mm between rows and between columns; null where the file does not say. `at` detector: projection X-ray, not calibrated. */
  readonly spacing: {
    readonly row: number
    readonly column: number
    readonly at: 'patient' | 'detector'
  } | null
  readonly rescale: Rescale
  /** Display windows in rescaled units. */
  readonly windows: readonly { readonly center: number; readonly width: number }[]
  /** Of the windows; LINEAR where it is missing. */
  readonly voiFunction?: VoiFunction
  /** The how-manieth moment of several at one place, from 1 (TemporalPositionIndex, TemporalPositionIdentifier). */
  readonly temporal?: number
  /** ms since the first frame of a film or of several moments, or since the beat of the heart; never a time of day. */
  readonly timeMs?: number
}

/** Unchecked text of the file. Never keep, log or show these; deidentify/profile decides which survive. */
export interface Words {
  readonly modality: string
  readonly bodyPart: string
  readonly rescaleType: string
  /** Of PET. */
  readonly units?: string
  readonly windowNames: readonly string[]
  /** BurnedInAnnotation: YES where text is part of the picture. */
  readonly burnedIn: string
  /** ConversionType: of what a picture is that no modality made (a screen, a video, a sheet of film or paper). */
  readonly conversion?: string
}

/** Raw UIDs, null where missing or empty. They identify: map them (deidentify/uids) and drop them. */
export interface Identity {
  readonly study: string | null
  readonly series: string | null
  readonly instance: string | null
  readonly frameOfReference: string | null
}

/** What other formats than DICOM carry beside their pixels. None of it is read, but for EXIF's word on which way is up. */
export type Beside =
  | 'EXIF'
  | 'GPS'
  | 'XMP'
  | 'IPTC'
  | 'ICC profile'
  | 'texts'
  | 'time'
  | 'resolution'
  | 'other data'

export interface Instance {
  readonly technical: Technical
  readonly words: Words
  readonly identity: Identity
  /** Tags found in the file at any depth, `ggggeeee` in lower hex, without values. */
  readonly present: readonly string[]
  /** Of a photograph: what stood beside its pixels and was left behind. */
  readonly beside?: readonly Beside[]
  readonly frames: readonly Frame[]
  /** From stored to rescaled values, in place of slope and intercept (Modality LUT). */
  readonly modalityLut?: Lut
  /** From rescaled values to grey, for whoever prefers them to the windows (VOI LUTs). */
  readonly voiLuts?: readonly Lut[]
  readonly overlays?: readonly Overlay[]
  /** Of PET: the factor to standardised uptake, or why there is none. Numbers and closed lists only. */
  readonly suv?: Suv
}

/** An instance after de-identification: every string in it is from a closed list or a mapped UID. */
export interface CleanInstance {
  readonly technical: Technical
  readonly modality: string
  readonly bodyPart: string
  /** Unit of rescaled values: 'HU', 'US', … or '' where unknown. */
  readonly unit: string
  readonly windowNames: readonly string[]
  /** Mapped UIDs, null where the file had none. */
  readonly uids: Identity
  readonly frames: readonly Frame[]
  readonly modalityLut?: Lut
  readonly voiLuts?: readonly Lut[]
  readonly suv?: Suv
}
