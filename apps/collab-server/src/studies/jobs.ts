/** What the studies' threads can be asked to do, and what they answer. Everything here crosses a thread boundary: plain data only. */
import type { Report } from '@consilium/deidentify/profile'
import type { Region } from '@consilium/imaging/blackout'
import type { FrameShape } from '@consilium/imaging/packs'
import type { Slice } from '@consilium/imaging/series'
import type { Arranged } from './arranging.ts'

/** Given to each thread when it starts. */
export interface WorkerSetting {
  readonly dataFolder: string
  /** For the mapping of UIDs; never leaves the process. */
  readonly uidKey: Uint8Array
}

export type JobRequest =
  /** Read one file, in memory or at a path, and keep its frames as blobs; where a SHA-256 is given, only if it is that of the file. */
  | {
      readonly job: 'read'
      /** Given back with the answer. */
      readonly content: Uint8Array<ArrayBuffer> | null
      readonly path: string | null
      readonly sha256?: string
    }
  /** Which of these blobs are not what their names say? */
  | { readonly job: 'verify'; readonly blobs: readonly NamedBlob[] }
  /** Put slices in order. */
  | { readonly job: 'arrange'; readonly slices: readonly Slice[] }
  /** Make the same slices without what these boxes show; the blobs of the new ones are on disk when it is done. */
  | { readonly job: 'blackout'; readonly slices: readonly Slice[]; readonly boxes: readonly Region[] }
  /** Draw one slice, pixel by pixel: a PNG. */
  | { readonly job: 'picture'; readonly slice: Slice }
  /** Make the same frames in less detail; the blobs of the new ones are on disk when it is done. */
  | {
      readonly job: 'lower'
      /** SHA-256 of each. */
      readonly frames: readonly string[]
      readonly shape: FrameShape
      readonly factor: number
      readonly padding: number | null
    }
  /** Compress these frames' blobs where they are not. */
  | { readonly job: 'tighten'; readonly frames: readonly string[]; readonly shape: FrameShape }
  /** Make the demo study's files in `folder`, named 0, 1, 2, … */
  | { readonly job: 'phantom'; readonly folder: string }

export interface ReadReply {
  /** Of each slice. */
  readonly sha256s: readonly string[]
  /** Of each slice, JSON of what is written down (SliceRow): made in the thread, and text crosses to the server at the least cost. */
  readonly rows: readonly string[]
  /** Why text in the picture may name somebody; sentences. */
  readonly suspicions: readonly string[]
}

export interface SliceRow {
  /** By what it is known again (slices.ts). */
  readonly key: string
  readonly sha256: string
  /** Of its blob. */
  readonly bytes: number
  readonly slice: Slice
  readonly report: Report
  readonly suspicions: readonly string[]
}

/** Something known that is no picture. */
export interface LeftOut {
  /** A sentence. */
  readonly reason: string
  /** The files that it names, where it is a disc's directory. */
  readonly directory: readonly (readonly string[])[] | null
}

/** The file is not the one that was announced. */
export interface NotAsSaid {
  readonly sha256: string
}

export interface NamedBlob extends FrameShape {
  readonly sha256: string
}

/** In the order asked. */
export interface BlackoutReply {
  readonly slices: readonly Slice[]
}

export interface SizedBlob {
  readonly sha256: string
  readonly bytes: number
}

/** The new frames' blobs, in the order asked. */
export type LowerReply = readonly SizedBlob[]

export interface JobReplies {
  read: ReadReply | LeftOut | NotAsSaid
  verify: readonly string[]
  arrange: readonly Arranged[]
  blackout: BlackoutReply
  picture: Uint8Array
  lower: LowerReply
  /** Those that can be read. */
  tighten: readonly SizedBlob[]
  phantom: { readonly files: number }
}

export type JobReply = JobReplies[JobRequest['job']]
