/** What the studies' threads can be asked to do, and what they answer. Everything here crosses a thread boundary: plain data only. */
import type { Report } from '@consilium/deidentify/profile'
import type { Slice, Volume } from '@consilium/imaging/series'

/** Given to each thread when it starts. */
export interface WorkerSetting {
  readonly dataFolder: string
  /** For the mapping of UIDs; never leaves the process. */
  readonly uidKey: Uint8Array
}

export type JobRequest =
  /** Read one file, keep its frames as blobs. */
  | { readonly job: 'read'; readonly path: string }
  /** Put slices in order. */
  | { readonly job: 'arrange'; readonly slices: readonly Slice[] }
  /** Make the demo study's files in `folder`, named 0, 1, 2, … */
  | { readonly job: 'phantom'; readonly folder: string }

export interface ReadReply {
  readonly slices: readonly Slice[]
  /** Of each slice's blob. */
  readonly bytes: readonly number[]
  readonly report: Report
  /** Why text in the picture may name somebody; sentences. */
  readonly suspicions: readonly string[]
}

export interface JobReplies {
  read: ReadReply
  arrange: readonly Volume[]
  phantom: { readonly files: number }
}

export type JobReply = JobReplies[JobRequest['job']]
