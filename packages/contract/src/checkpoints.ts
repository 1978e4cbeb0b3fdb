/**
 * Evidence that the record was not changed afterwards: checkpoints over all documents, the proof of one revision, and a document's
 * journal as it stands, for whoever wants to compute every hash again (apps/cli/src/verify). Hashes, keys and signatures are hex.
 *
 * A checkpoint signs, with Ed25519, these lines in UTF-8, each ended by a line feed:
 *
 *   consilium checkpoint 1
 *   n 17                        from 1, without holes
 *   at 1700000000000            ms since 1970
 *   documents 12                leaves of the tree
 *   rows 3456                   rows below them, over all documents
 *   root <hash>                 of the tree
 *   previous <hash>             of the checkpoint before; 64 zeros in the first
 *   key <public key>            whose signature follows
 *   next <public key>           the key of the checkpoints from here on, endorsed by this signature; or -
 *
 *   hash of a checkpoint = H(these lines | signature)
 *   tree                 = RFC 9162 §2.1.1, a leaf per document in the order of their numbers
 *   leaf                 = H(0x00 | document (int32) | seq (int64) | hash of row seq),  node = H(0x01 | left | right)
 *   fingerprint of a key = H(public key)
 */
import { z } from 'zod'

const Hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`))
const Hash = Hex(32)

export const Checkpoint = z
  .object({
    n: z.number().int().positive(),
    at: z.number().int(),
    documents: z.number().int(),
    rows: z.number().int(),
    root: Hash,
    previous: Hash,
    key: Hash.describe('Ed25519 public key'),
    next: Hash.nullable().describe('Public key that follows; null where this one goes on'),
    signature: Hex(64),
  })
  .meta({ id: 'Checkpoint' })
export type Checkpoint = z.infer<typeof Checkpoint>

/** Document, sequence number and hash of its last row. */
export const SealedHead = z.tuple([z.number().int(), z.number().int(), Hash])
export type SealedHead = z.infer<typeof SealedHead>

/** As in the file `checkpoints.log`: one per line. */
export const LoggedCheckpoint = Checkpoint.and(
  z.object({ heads: z.array(SealedHead).describe('Those that moved since the checkpoint before') }),
).meta({ id: 'LoggedCheckpoint' })
export type LoggedCheckpoint = z.infer<typeof LoggedCheckpoint>

export const CheckpointLog = z.object({ items: z.array(LoggedCheckpoint) }).meta({ id: 'CheckpointLog' })
export type CheckpointLog = z.infer<typeof CheckpointLog>

export const LatestCheckpoint = z
  .object({
    checkpoint: Checkpoint.nullable(),
    hash: Hash.nullable(),
    fingerprint: Hash.describe('Of the key that signs now'),
    unsealed: z.number().int().describe('Rows since, in no checkpoint yet'),
  })
  .meta({ id: 'LatestCheckpoint' })
export type LatestCheckpoint = z.infer<typeof LatestCheckpoint>

const Header = {
  seq: z.number().int(),
  at: z.number().int(),
  lease: z.number().int(),
  clock: z.number().int(),
  len: z.number().int(),
  act: z.number().int(),
  role: z.number().int(),
  said: z.number().int(),
}

/** That a row stands in the journal and is covered by a signature, without any other row's contents. */
export const RevisionProof = z
  .object({
    document: z.number().int(),
    row: z.object({ ...Header, bytes: Hash.describe('Hash of its bytes') }),
    before: Hash.describe('Hash of the row before'),
    links: z.string().describe('Leaves of the rows after it, up to the head: base64, 32 bytes each'),
    head: z.object({ seq: z.number().int(), hash: Hash }),
    index: z.number().int().describe('Of the leaf in the tree'),
    path: z.array(Hash).describe('Audit path, from the leaf up (RFC 9162 §2.1.3)'),
    checkpoint: Checkpoint,
  })
  .meta({ id: 'RevisionProof' })
export type RevisionProof = z.infer<typeof RevisionProof>

/** A row of the journal, whole. */
export const JournalRow = z
  .object({
    ...Header,
    hash: Hash,
    bytes: z.string().describe('Base64'),
    bytesHash: Hash.nullable().describe('Where words were taken out: hash of what the bytes were'),
  })
  .meta({ id: 'JournalRow' })
export type JournalRow = z.infer<typeof JournalRow>

/** Rows in one answer, at most; fewer where they are long. */
export const JOURNAL_ROWS = 2_000

/** What the hashes of a document's journal do not say by themselves. */
export const DocumentEvidence = z
  .object({
    document: z.object({
      id: z.number().int(),
      name: z.string(),
      createdAt: z.number().int(),
      seq: z.number().int().describe('Of its head'),
      hash: Hash.nullable(),
    }),
    leases: z
      .array(
        z.object({
          id: z.number().int(),
          client: z.number().int(),
          seq: z.number().int(),
          person: z.number().int(),
          role: z.number().int(),
          session: z.string(),
        }),
      )
      .describe('The table as it stands; the hashed rows say the same'),
    people: z
      .array(z.object({ person: z.number().int(), handle: z.string() }))
      .describe('Public handles; a person who was erased has none'),
    documents: z.array(z.number().int()).describe('All documents this server has'),
  })
  .meta({ id: 'DocumentEvidence' })
export type DocumentEvidence = z.infer<typeof DocumentEvidence>
