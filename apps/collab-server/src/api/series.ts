/**
 * Series, and their pixels in packs, frames and previews. Pixels never change: they may be kept by the asker for ever, but by nobody in
 * between, because who may see them was checked. What is told of a series grows once, by its copy in less detail; how its preview hangs
 * is not in the file but decided here.
 */
import { Refusal } from '@consilium/contract/refusals'
import { Series } from '@consilium/contract/studies'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Services } from '../services.ts'
import { withBringers } from '../studies/brought.ts'
import type { SeriesRecord } from '../studies/catalogue.ts'
import { chooseCoding, Recoder, type StoredBytes } from '../studies/encoding.ts'
import { previewName } from '../studies/preview.ts'
import { ASKED_AGAIN, unchanged } from './caching.ts'
import { promises } from './describe.ts'
import type { ApiEnv } from './env.ts'

const BYTES = 'application/octet-stream'

export function seriesRoutes({ db, people, studies }: Services): Hono<ApiEnv> {
  const { catalogue } = studies
  const recoder = new Recoder()
  const routes = new Hono<ApiEnv>()

  const known = async (id: string): Promise<SeriesRecord> => {
    const record = await catalogue.find(id)
    if (!record) throw new Refusal('not-found')
    return record
  }

  async function sent(c: Context<ApiEnv>, pack: StoredBytes | null): Promise<Response> {
    if (!pack) throw new Refusal('not-found')
    const coding = chooseCoding(c.req.header('accept-encoding'))
    c.header('vary', 'accept-encoding')
    // The same frames are other bytes once they are compressed (RFC 9110 §8.8.1).
    const asStored = coding === 'zstd' ? await recoder.recode(pack, coding) : null
    const same = unchanged(c, `${pack.key}-${asStored ? `${coding}-${asStored.length}` : coding}`)
    if (same) return same
    if (coding !== 'identity') c.header('content-encoding', coding)
    return bytes(c, asStored ?? (await recoder.recode(pack, coding)), BYTES)
  }

  routes.get(
    '/cases/:id/series',
    promises({
      tag: 'Studies',
      summary: 'Series of a case, the largest stack first',
      answer: z.array(Series),
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const id = c.req.param('id')
      return c.json(await withBringers({ sql: db.sql, people }, id, await catalogue.ofCase(id)))
    },
  )

  routes.get(
    '/series/:id',
    promises({
      tag: 'Studies',
      summary: 'One series: geometry, values, hashes of its frames, packs to fetch',
      answer: Series,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const { series } = await known(c.req.param('id'))
      return unchanged(c, series.lower ? `${series.id}-lower` : series.id, ASKED_AGAIN) ?? c.json(series)
    },
  )

  routes.get(
    '/series/:id/packs/:n',
    promises({
      tag: 'Studies',
      summary: 'Frames as they travel: delta + split coded, several at once',
      bytes: BYTES,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => sent(c, catalogue.pack(await known(c.req.param('id')), indexOf(c.req.param('n')))),
  )

  routes.get(
    '/series/:id/lower/packs/:n',
    promises({
      tag: 'Studies',
      summary: 'The same frames in less detail',
      bytes: BYTES,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => sent(c, catalogue.lowerPack(await known(c.req.param('id')), indexOf(c.req.param('n')))),
  )

  routes.get(
    '/series/:id/frames/:n',
    promises({
      tag: 'Studies',
      summary: 'Stored values of one frame in the type that its series names, little endian, row by row',
      bytes: BYTES,
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const frame = await catalogue.frame(await known(c.req.param('id')), indexOf(c.req.param('n')))
      if (!frame) throw new Refusal('not-found')
      return unchanged(c, frame.sha256) ?? bytes(c, frame.bytes, BYTES)
    },
  )

  routes.get(
    '/series/:id/thumbnail',
    promises({
      tag: 'Studies',
      summary: 'The middle frame as a small picture',
      bytes: 'image/png',
      refusals: ['not-signed-in', 'not-found'],
    }),
    async (c) => {
      const record = await known(c.req.param('id'))
      const same = unchanged(c, `${record.series.id}-${previewName(record.series)}`, ASKED_AGAIN)
      return same ?? bytes(c, await catalogue.preview(record), 'image/png')
    },
  )

  return routes
}

function bytes(c: Context<ApiEnv>, content: Uint8Array, type: string): Response {
  c.header('content-type', type)
  c.header('content-length', String(content.byteLength))
  return c.body(content as Uint8Array<ArrayBuffer>)
}

function indexOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refusal('not-found')
  return Number(text)
}
