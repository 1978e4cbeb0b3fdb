/** The audit log, of one project or of everything: pages of it, files to take away, and its rows for whoever verifies it. */
import { ReadableStream as NodeStream } from 'node:stream/web'
import { AUDIT_ROWS, AuditPage, AuditQuery, AuditRow } from '@consilium/contract/audit'
import { CheckpointLog } from '@consilium/contract/checkpoints'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { asCsv, asJson } from '../audit/file.ts'
import { everyEntry, type ReadingParts, readAudit } from '../audit/read.ts'
import { readHead, rowsAfter } from '../audit/store.ts'
import { checkpointsAfter } from '../ledger/store.ts'
import type { Services } from '../services.ts'
import { promises, query, sameQuery } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

const After = z.object({ from: z.coerce.number().int().min(0).default(0) })
const Rows = z.object({ items: z.array(AuditRow) }).meta({ id: 'AuditRows' })
const CHECKPOINTS = 200
const FILES = {
  csv: { as: asCsv, type: 'text/csv' },
  json: { as: asJson, type: 'application/json' },
} as const
const PLACES = ['/projects/:id/audit', '/audit'] as const

export function auditRoutes({ audit, db, journal, people }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  const parts: ReadingParts = { sql: db.sql, people, vault: journal.vault }
  const of = (c: Context<ApiEnv>): string | null => c.get('access')?.project.id ?? null

  for (const place of PLACES) {
    routes.get(
      place,
      promises({
        tag: 'Audit',
        summary: 'Who read, took away and administered what, newest first',
        answer: AuditPage,
        refusals: ['not-signed-in', 'not-found', 'not-allowed', 'invalid-body'],
      }),
      place === '/audit' ? query(AuditQuery) : sameQuery(AuditQuery),
      async (c) => c.json(await readAudit(parts, { ...c.req.valid('query'), project: of(c) })),
    )

    for (const [format, { as, type }] of Object.entries(FILES))
      routes.get(
        `${place}.${format}`,
        promises({
          tag: 'Audit',
          summary: 'All that is asked for as in /audit, as a file',
          bytes: type,
          refusals: ['not-signed-in', 'not-found', 'not-allowed', 'not-durable', 'invalid-body'],
        }),
        sameQuery(AuditQuery),
        async (c) => {
          const wanted = c.req.valid('query')
          const head = (await readHead(db.sql))?.n ?? 0
          await audit.note({ act: 'exported-audit', ...asked(c), detail: { format, entries: head } })
          const entries = everyEntry(parts, {
            ...wanted,
            before: Math.min(wanted.before ?? head + 1, head + 1),
            project: of(c),
          })
          c.header('content-type', `${type}; charset=utf-8`)
          c.header('content-disposition', `attachment; filename="audit.${format}"`)
          const file = NodeStream.from(encoded(as(entries)))
          return c.body(file as ReadableStream<Uint8Array>)
        },
      )
  }

  routes.get(
    '/audit/rows',
    promises({
      tag: 'Audit',
      summary: 'Entries as they stand, oldest first, to verify them',
      answer: Rows,
      refusals: ['not-signed-in', 'not-allowed', 'not-durable', 'invalid-body'],
    }),
    query(After),
    async (c) => {
      await audit.noteOnce({
        act: 'exported-audit',
        ...asked(c),
        by: signedIn(c),
        detail: { format: 'rows' },
      })
      return c.json({ items: await rowsAfter(db.sql, c.req.valid('query').from, AUDIT_ROWS) })
    },
  )

  routes.get(
    '/checkpoints',
    promises({
      tag: 'Audit',
      summary: 'All checkpoints, oldest first, a page at a time',
      answer: CheckpointLog,
      refusals: ['not-signed-in', 'not-allowed', 'invalid-body'],
    }),
    query(After),
    async (c) => {
      const items = await checkpointsAfter(db.sql, c.req.valid('query').from, CHECKPOINTS)
      return c.json({ items } satisfies CheckpointLog)
    },
  )

  return routes
}

async function* encoded(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const piece of text) yield encoder.encode(piece)
}
