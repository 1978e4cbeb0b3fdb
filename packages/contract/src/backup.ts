/**
 * A backup: one file that says by itself whether it is whole. `GET /api/backup` streams it, `consilium restore` reads it.
 *
 *   consilium backup 1 LF
 *   <manifest: JSON in one line> LF
 *   for each part:
 *     <PartHead: JSON in one line> LF
 *     pieces: length (uint32, big endian, not 0) | so many bytes
 *     0 (uint32)
 *     <PartFoot: JSON in one line> LF
 *   whole <SHA-256 of every byte before this line, hex> LF
 *
 * Parts: `table/<name>` (PostgreSQL's `COPY … (FORMAT binary)`, in an order in which rows only refer to rows before them), `sequences`
 * (Sequence[] as JSON), `checkpoints.log`, `frames/<sha256>` and `packs/<sha256>` (as they lie in the data folder), `missing` (JSON: the
 * names of files that rows name and that are not there, or are not what their name says).
 *
 * Keys are not in it: they are a file of their own (BackupKeys), so that a name stays unreadable once its key was destroyed.
 */
import { z } from 'zod'
import { Checkpoint } from './checkpoints.ts'

export const FIRST_LINE = 'consilium backup 1'
export const MEDIA_TYPE = 'application/vnd.consilium.backup'
/** "whole " | 64 hex digits | LF */
export const LAST_LINE_BYTES = 71
/** Of a line of JSON, and of a piece. */
export const MOST_LINE_BYTES = 64 * 1024
export const MOST_PIECE_BYTES = 1024 * 1024

const Hash = z.string().regex(/^[0-9a-f]{64}$/)

export const BackupManifest = z.object({
  /** Of the product that made it. */
  version: z.string(),
  /** The last migration that its tables went through. */
  migration: z.string(),
  /** ms since 1970 */
  at: z.number().int(),
  /** The signed head: the latest checkpoint in it. Null where nothing was ever written. */
  checkpoint: Checkpoint.nullable(),
  documents: z.number().int(),
  /** Revisions of all documents. */
  rows: z.number().int(),
  /** Says which instance key opens its names; see instanceMark. */
  instance: Hash,
})
export type BackupManifest = z.infer<typeof BackupManifest>

export const PartHead = z.object({ part: z.string(), columns: z.array(z.string()).optional() })
export type PartHead = z.infer<typeof PartHead>

export const PartFoot = z.object({ bytes: z.number().int(), sha256: Hash })
export type PartFoot = z.infer<typeof PartFoot>

export const Sequence = z.object({ name: z.string(), last: z.number().int() })
export type Sequence = z.infer<typeof Sequence>

/** What the server adds to the keys: people's own, wrapped by the instance key, which never goes over the wire. */
export const WrappedKeys = z
  .object({
    instance: Hash.describe('Mark of the key that wraps them'),
    people: z.array(z.object({ person: z.number().int(), wrapped: z.base64() })),
  })
  .meta({ id: 'WrappedKeys' })
export type WrappedKeys = z.infer<typeof WrappedKeys>

/** The keys file. Whoever has it and a backup can read every name and sign in its server's name. */
export const BackupKeys = WrappedKeys.extend({
  format: z.literal('consilium backup keys 1'),
  /** ms since 1970 */
  at: z.number().int(),
  instanceKey: Hash,
  /** Seeds of the keys that sign checkpoints, oldest first. */
  checkpointKeys: z.array(Hash).min(1),
})
export type BackupKeys = z.infer<typeof BackupKeys>
