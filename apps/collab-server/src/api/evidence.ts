/** Evidence for whoever does not take our word for it: checkpoints, the proof of a revision, and a journal as it stands. */
import {
  CheckpointLog,
  DocumentEvidence,
  JournalRow,
  LatestCheckpoint,
  RevisionProof,
} from '@consilium/contract/checkpoints'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { z } from 'zod'
import { findDocument } from '../journal/book.ts'
import { evidenceOf, journalRows } from '../ledger/evidence.ts'
import { proofOf } from '../ledger/proof.ts'
import { checkpointsAfter } from '../ledger/store.ts'
import type { Services } from '../services.ts'
import { promises, query } from './describe.ts'
import type { ApiEnv } from './env.ts'

const After = z.object({
  from: z.coerce.number().int().min(0).default(0).describe('Only what comes after this number'),
})
const CHECKPOINTS = 200
const Journal = z.object({ items: z.array(JournalRow) }).meta({ id: 'JournalRows' })

export function evidenceRoutes({ db, journal, ledger }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()

  routes.get(
    '/checkpoints/latest',
    promises({
      tag: 'Documents',
      summary: 'The latest signed checkpoint over all documents',
      answer: LatestCheckpoint,
      refusals: ['not-signed-in'],
    }),
    (c) =>
      c.json({
        checkpoint: ledger.latest?.checkpoint ?? null,
        hash: ledger.latest?.hash ?? null,
        fingerprint: ledger.fingerprint,
        unsealed: ledger.unsealed,
      } satisfies LatestCheckpoint),
  )

  routes.get(
    '/documents/:name/checkpoints',
    promises({
      tag: 'Documents',
      summary: 'All checkpoints with the heads they sealed, oldest first, a page at a time',
      answer: CheckpointLog,
      refusals: ['not-signed-in', 'not-found', 'not-allowed', 'invalid-body'],
    }),
    query(After),
    async (c) => {
      const items = await checkpointsAfter(db.sql, c.req.valid('query').from, CHECKPOINTS)
      return c.json({ items } satisfies CheckpointLog)
    },
  )

  routes.get(
    '/documents/:name/evidence',
    promises({
      tag: 'Documents',
      summary: 'What is needed beside its journal to verify a document',
      answer: DocumentEvidence,
      refusals: ['not-signed-in', 'not-found', 'not-allowed'],
    }),
    async (c) => {
      const evidence = await evidenceOf(db.sql, journal.vault, c.req.param('name'))
      if (!evidence) throw new Refusal('not-found')
      return c.json(evidence)
    },
  )

  routes.get(
    '/documents/:name/journal',
    promises({
      tag: 'Documents',
      summary: 'Rows of the journal as they stand, a page at a time; empty at the end',
      answer: Journal,
      refusals: ['not-signed-in', 'not-found', 'not-allowed', 'invalid-body'],
    }),
    query(After),
    async (c) => {
      const document = await findDocument(db.sql, c.req.param('name'))
      const items = document ? await journalRows(db.sql, document.id, c.req.valid('query').from) : []
      return c.json({ items })
    },
  )

  routes.get(
    '/documents/:name/proof/:seq',
    promises({
      tag: 'Documents',
      summary: 'Proof that a revision is in the record, up to a signed checkpoint',
      answer: RevisionProof,
      refusals: ['not-signed-in', 'not-found', 'not-allowed', 'not-durable'],
    }),
    async (c) => {
      const text = c.req.param('seq')
      const seq = /^\d{1,15}$/.test(text) ? Number(text) : 0
      const document = await findDocument(db.sql, c.req.param('name'))
      if (!document || seq < 1 || seq > document.head_seq) throw new Refusal('not-found')
      return c.json(await proofOf(db.sql, ledger, document, seq))
    },
  )

  return routes
}
