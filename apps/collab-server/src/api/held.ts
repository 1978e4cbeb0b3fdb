/** Pictures that wait for a person: which there are, what they show, and what was decided about them. Only for who may import. */
import { Refusal } from '@consilium/contract/refusals'
import { Clearance, HeldPictures, Series } from '@consilium/contract/studies'
import { Hono } from 'hono'
import { z } from 'zod'
import type { heldPictures } from '../db/studies.ts'
import type { Services } from '../services.ts'
import { findHeld, heldSlice, listHeld } from '../studies/held.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

const PNG = 'image/png'

export function heldRoutes({ audit, db, people, studies }: Services): Hono<ApiEnv> {
  const { catalogue, clearing, threads } = studies
  const routes = new Hono<ApiEnv>()

  const told = async (rows: readonly (typeof heldPictures.$inferSelect)[]): Promise<HeldPictures[]> => {
    const known = await people.byIds([...new Set(rows.map((row) => row.person))])
    return rows.map(({ id, project, person, createdAt, frames, about, reasons }) => {
      const { handle = '', name = '', initials = '' } = known.get(person) ?? {}
      const { modality, bodyPart, rows: lines, columns, kept, dropped } = about
      return {
        id,
        project,
        by: { id: handle, name, initials },
        at: createdAt,
        modality,
        bodyPart,
        rows: lines,
        columns,
        frames,
        reasons: [...reasons],
        kept: [...kept],
        dropped: [...dropped],
      }
    })
  }

  routes.get(
    '/projects/:id/quarantine',
    promises({
      tag: 'Studies',
      summary: 'Pictures that wait because text in them may name somebody, oldest first',
      answer: z.array(HeldPictures),
      refusals: ['not-signed-in', 'not-allowed', 'not-found'],
    }),
    async (c) => c.json(await told(await listHeld(db.orm, c.get('access').project.id))),
  )

  routes.get(
    '/quarantine/:id',
    promises({
      tag: 'Studies',
      summary: 'One set of them',
      answer: HeldPictures,
      refusals: ['not-signed-in', 'not-allowed', 'not-found'],
    }),
    async (c) => {
      const found = await findHeld(db.orm, c.req.param('id'))
      const [held] = await told(found ? [found] : [])
      if (!held) throw new Refusal('not-found')
      return c.json(held)
    },
  )

  routes.get(
    '/quarantine/:id/pictures/:n',
    promises({
      tag: 'Studies',
      summary: 'One frame, from 0, pixel by pixel',
      bytes: PNG,
      refusals: ['not-signed-in', 'not-allowed', 'not-found'],
    }),
    async (c) => {
      const number = c.req.param('n')
      const slice = /^\d{1,9}$/.test(number)
        ? await heldSlice(db.orm, c.req.param('id'), Number(number))
        : null
      if (!slice) throw new Refusal('not-found')
      const detail = { held: c.req.param('id') }
      await audit.noteOnce({ act: 'looked-at-held', ...asked(c), by: signedIn(c), detail })
      // Said nowhere how long it may be kept, so nobody keeps it: it goes when it goes here.
      c.header('content-type', PNG)
      return c.body((await threads.run({ job: 'picture', slice })) as Uint8Array<ArrayBuffer>)
    },
  )

  routes.post(
    '/quarantine/:id/clear',
    promises({
      tag: 'Studies',
      summary: 'Black out these boxes in every frame, for good, and let them in',
      answer: z.object({ series: z.array(Series) }),
      refusals: [
        'not-signed-in',
        'not-allowed',
        'not-found',
        'already-decided',
        'invalid-body',
        'wrong-origin',
      ],
    }),
    body(Clearance),
    async (c) => {
      const { boxes } = c.req.valid('json')
      const note = (frames: number, series: number) =>
        audit.note({
          act: 'cleared-pictures',
          ...asked(c),
          detail: { frames, boxes: boxes.length, series },
        })
      const series = await clearing.clear(c.req.param('id'), boxes, note)
      return c.json({ series: await catalogue.list(series) })
    },
  )

  routes.delete(
    '/quarantine/:id',
    promises({
      tag: 'Studies',
      summary: 'Delete them',
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'already-decided', 'wrong-origin'],
    }),
    async (c) => {
      await clearing.discard(c.req.param('id'), (frames) =>
        audit.note({ act: 'discarded-pictures', ...asked(c), detail: { frames } }),
      )
      return c.body(null, 204)
    },
  )

  return routes
}
