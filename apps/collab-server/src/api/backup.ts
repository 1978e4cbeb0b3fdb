/** A backup of this server while people work, and the wrapped keys that are kept apart from it. */
import { Readable } from 'node:stream'
import { MEDIA_TYPE, WrappedKeys } from '@consilium/contract/backup'
import { Refusal } from '@consilium/contract/refusals'
import { Hono } from 'hono'
import { makeBackup, wrappedKeys } from '../backup/backup.ts'
import { instanceKeyOf } from '../journal/sealing.ts'
import type { Services } from '../services.ts'
import { promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'

export function backupRoutes({ audit, config, db, ledger, metrics, studies }: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  const instanceKey = () => instanceKeyOf(config.data, config.instanceKey ?? undefined)

  routes.get(
    '/backup',
    promises({
      tag: 'Documents',
      summary: 'Everything but the keys, as one file that ends with the latest checkpoint',
      bytes: MEDIA_TYPE,
      refusals: ['not-signed-in', 'not-allowed', 'not-durable'],
    }),
    async (c) => {
      const by = signedIn(c)
      // What was acknowledged until now is signed, and in it.
      if (!(await ledger.seal())) throw new Refusal('not-durable')
      const stream = makeBackup({
        db,
        blobs: studies.blobs,
        folder: config.data,
        instanceKey: instanceKey(),
        lacking: (file) => metrics.alarm('file-damaged', { file }),
        begun: ({ checkpoint, rows }) =>
          audit.note({ act: 'made-backup', by, detail: { checkpoint: checkpoint?.n ?? 0, rows } }),
      })
      // A piece is made when the one before it was taken.
      const pieces = Readable.toWeb(Readable.from(stream, { highWaterMark: 1 }))
      return c.body(pieces as ReadableStream<Uint8Array>, 200, {
        'Content-Type': MEDIA_TYPE,
        'Content-Disposition': 'attachment; filename="consilium.backup"',
      })
    },
  )

  routes.get(
    '/backup/keys',
    promises({
      tag: 'Documents',
      summary: 'Keys of people, wrapped by a key that never leaves the server',
      answer: WrappedKeys,
      refusals: ['not-signed-in', 'not-allowed'],
    }),
    async (c) => c.json(await wrappedKeys(db.sql, instanceKey())),
  )

  return routes
}
