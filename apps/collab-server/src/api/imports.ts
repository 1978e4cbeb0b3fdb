/** Bringing studies in: begin an import, ask what is known, send files one by one, many together or in parts, finish or cancel. Names of files are echoed, never stored. */
import { BatchAnswer } from '@consilium/contract/batches'
import { Refusal } from '@consilium/contract/refusals'
import { FileAnswer, Import, KnownAnswer, KnownQuery, PartAnswer } from '@consilium/contract/studies'
import { BATCH_BYTES, BATCH_FILES, NAME_LIMIT, PART_BYTES } from '@consilium/contract/travel'
import { Hono } from 'hono'
import type { Services } from '../services.ts'
import { body, promises } from './describe.ts'
import { type ApiEnv, signedIn } from './env.ts'
import { asked } from './noting.ts'

export function importRoutes({ audit, studies }: Services): Hono<ApiEnv> {
  const { imports, intake } = studies
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
    async (c) => c.json(await imports.begin(c.get('access').project.id, signedIn(c).person.id), 201),
  )

  routes.post(
    '/imports/:id/files',
    promises({
      tag: 'Studies',
      summary: 'Send one file: its bytes; `x-file-name`: its name, percent-encoded',
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
        body: () => c.env.incoming,
        announcedBytes: announced(c.req.header('content-length')),
      })
      // A refused body may not have been read to its end; what is left of it must not be taken for the next request.
      if (outcome.status === 'refused') c.header('connection', 'close')
      return c.json(outcome)
    },
  )

  routes.post(
    '/imports/:id/batches',
    promises({
      tag: 'Studies',
      summary: `Send ${BATCH_FILES} files, ${BATCH_BYTES} bytes at most: \`{"files":[{"name","bytes","sha256"}]}\`, a line feed, their bytes`,
      answer: BatchAnswer,
      refusals: [...REFUSALS, 'import-closed', 'invalid-body', 'too-large', 'wrong-origin'],
    }),
    async (c) => {
      const { incoming } = c.env
      const answers = await intake.receiveBatch(c.req.param('id'), () => incoming)
      // As above: it may have held more than it said.
      if (!incoming.complete) c.header('connection', 'close')
      return c.json(answers)
    },
  )

  routes.put(
    '/imports/:id/parts/:sha256',
    promises({
      tag: 'Studies',
      summary: `Send at most ${PART_BYTES} bytes of one file: \`upload-offset\`, \`upload-length\` (whole), \`x-file-name\``,
      answer: PartAnswer,
      refusals: [...REFUSALS, 'import-closed', 'invalid-body', 'too-large', 'wrong-offset', 'wrong-origin'],
    }),
    async (c) => {
      const place = {
        import: c.req.param('id'),
        sha256: sha256Of(c.req.param('sha256')),
        offset: numberIn(c.req.header('upload-offset'), 'upload-offset'),
        length: numberIn(c.req.header('upload-length'), 'upload-length'),
      }
      return c.json(
        await intake.receivePart(nameOf(c.req.header('x-file-name')), place, () => c.env.incoming),
      )
    },
  )

  routes.post(
    '/imports/:id/known',
    promises({
      tag: 'Studies',
      summary: 'Which files need not be sent; what the project has counts as sent',
      answer: KnownAnswer,
      refusals: [...REFUSALS, 'import-closed', 'invalid-body', 'wrong-origin'],
    }),
    body(KnownQuery),
    async (c) => {
      const { files } = c.req.valid('json')
      return c.json({ files: await intake.known(c.req.param('id'), files) })
    },
  )

  routes.post(
    '/imports/:id/finish',
    promises({
      tag: 'Studies',
      summary: 'Sort what came into series and cases',
      answer: Import,
      refusals: [...REFUSALS, 'files-missing', 'wrong-origin'],
    }),
    async (c) => {
      const done = await imports.finish(c.req.param('id'), signedIn(c).person.id)
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
    async (c) => c.json(await imports.get(c.req.param('id'), signedIn(c).person.id)),
  )

  routes.delete(
    '/imports/:id',
    promises({
      tag: 'Studies',
      summary: 'Cancel it: nothing of what came is kept',
      refusals: [...REFUSALS, 'import-closed', 'wrong-origin'],
    }),
    async (c) => {
      const id = c.req.param('id')
      await imports.cancel(id, () =>
        audit.note({ act: 'cancelled-import', ...asked(c), detail: { import: id } }),
      )
      return c.body(null, 204)
    },
  )

  return routes
}

const REFUSALS = ['not-signed-in', 'not-allowed', 'not-found'] as const

function sha256Of(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Refusal('not-found')
  return text
}

function numberIn(header: string | undefined, field: string): number {
  const number = Number(header)
  if (header === undefined || !Number.isSafeInteger(number) || number < 0)
    throw new Refusal('invalid-body', { message: `${field}: not a number of bytes.`, field })
  return number
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
