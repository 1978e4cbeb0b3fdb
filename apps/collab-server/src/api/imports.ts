/** Bringing studies in: begin an import, send files one by one, finish. Names of files are echoed, never stored. */

import type { ReadableStream } from 'node:stream/web'
import { Refusal } from '@consilium/contract/refusals'
import { FileAnswer, Import } from '@consilium/contract/studies'
import { Hono } from 'hono'
import type { Services } from '../services.ts'
import { promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

/** Longer names are cut in the echo: they are for the sender's eyes only. */
const NAME_LIMIT = 1_024

export function importRoutes({ audit, studies }: Services): Hono<ApiEnv> {
  const { intake } = studies
  const routes = new Hono<ApiEnv>()

  routes.post(
    '/projects/:id/imports',
    promises({
      tag: 'Studies',
      summary: 'Begin an import',
      answer: Import,
      status: 201,
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'wrong-origin'],
    }),
    async (c) => c.json(await intake.begin(c.get('access').project.id, signedIn(c).person.id), 201),
  )

  routes.post(
    '/imports/:id/files',
    promises({
      tag: 'Studies',
      summary: 'Send one file: the body is its bytes, `x-file-name` its name (percent-encoded)',
      answer: FileAnswer,
      refusals: [
        'not-signed-in',
        'not-allowed',
        'not-found',
        'import-closed',
        'invalid-body',
        'wrong-origin',
      ],
    }),
    async (c) => {
      const outcome = await intake.receive(c.req.param('id'), {
        name: nameOf(c.req.header('x-file-name')),
        body: () => c.req.raw.body as ReadableStream<Uint8Array> | null,
        announcedBytes: announced(c.req.header('content-length')),
      })
      // A refused body may not have been read to its end; what is left of it must not be taken for the next request.
      if (outcome.status === 'refused') c.header('connection', 'close')
      return c.json(outcome)
    },
  )

  routes.post(
    '/imports/:id/finish',
    promises({
      tag: 'Studies',
      summary: 'Sort what came into series and cases',
      answer: Import,
      refusals: ['not-signed-in', 'not-allowed', 'not-found', 'wrong-origin'],
    }),
    async (c) => {
      const done = await intake.finish(c.req.param('id'), signedIn(c).person.id)
      const { id, stored, refused, series } = done
      const detail = { import: id, 'files-stored': stored, 'files-refused': refused }
      const cases = [...new Set(series.map((one) => one.case))]
      const notes = cases.map((one) => ({ case: one, series: series.filter((of) => of.case === one).length }))
      await Promise.all(
        (notes.length > 0 ? notes : [{ case: null, series: 0 }]).map((one) =>
          audit.note({
            act: 'imported-study',
            ...asked(c),
            case: one.case,
            detail: { ...detail, series: one.series },
          }),
        ),
      )
      return c.json(done)
    },
  )

  routes.get(
    '/imports/:id',
    promises({
      tag: 'Studies',
      summary: 'How far an import is',
      answer: Import,
      refusals: ['not-signed-in', 'not-allowed', 'not-found'],
    }),
    async (c) => c.json(await intake.get(c.req.param('id'), signedIn(c).person.id)),
  )

  return routes
}

function nameOf(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '').slice(0, NAME_LIMIT)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    throw new Refusal('invalid-body', { message: 'x-file-name: not percent-encoded.', field: 'x-file-name' })
  }
}

function announced(header: string | undefined): number | null {
  const bytes = Number(header)
  return header !== undefined && Number.isSafeInteger(bytes) ? bytes : null
}
