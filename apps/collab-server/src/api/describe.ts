/** What a route promises, said once: for the OpenAPI file, and (for bodies and queries) checked before the route runs. */
import { REFUSALS, Refusal, type RefusalCode } from '@consilium/contract/refusals'
import type { MiddlewareHandler } from 'hono'
import { validator as unsaid } from 'hono/validator'
import { describeRoute, resolver, validator } from 'hono-openapi'
import { z } from 'zod'

const RefusalBody = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string().describe('What to do about it'),
  field: z.string().optional().describe('Dotted path of the field that is wrong'),
})

const BYTES = 'application/octet-stream'

/** Said once for all routes; each refers to it, and where it refuses names the codes that it answers with. */
export const ANSWERS = {
  Bytes: { description: 'OK', content: { [BYTES]: {} } },
  Refusal: {
    description: 'Refused',
    content: { 'application/json': { schema: z.toJSONSchema(RefusalBody) as object } },
  },
}

/** What nearly every route answers with is said once, at the head of the file. */
const EVERYWHERE = [
  'not-signed-in',
  'wrong-origin',
  'not-allowed',
  'not-found',
  'invalid-body',
] as const satisfies RefusalCode[]
const said = (codes: readonly RefusalCode[]): string =>
  codes.map((code) => `${REFUSALS[code].status} ${code}`).join(', ')
export const SAID_ONCE = said(EVERYWHERE)

/** "409 import-closed, 413 too-large": one line for all, or they would be a third of the file. */
const refused = (codes: readonly RefusalCode[]) => {
  const own = codes.filter((code) => !(EVERYWHERE as readonly RefusalCode[]).includes(code))
  return { $ref: '#/components/responses/Refusal', ...(own.length > 0 ? { description: said(own) } : {}) }
}

interface Promised {
  readonly tag: 'Sign-in' | 'People' | 'Projects' | 'Studies' | 'Documents' | 'Audit'
  readonly summary: string
  /** JSON answer; absent: no content, or see `bytes`. */
  readonly answer?: z.ZodType
  /** Media type, where the answer is bytes. */
  readonly bytes?: string
  readonly status?: 200 | 201 | 204
  readonly refusals?: readonly RefusalCode[]
}

export function promises({
  tag,
  summary,
  answer,
  bytes,
  status,
  refusals = [],
}: Promised): MiddlewareHandler {
  const good = status ?? (answer || bytes ? 200 : 204)
  const content = answer
    ? { 'application/json': { schema: resolver(answer) } }
    : bytes
      ? { [bytes]: {} }
      : undefined
  return describeRoute({
    tags: [tag],
    summary,
    responses: {
      [good]:
        bytes === BYTES
          ? { $ref: '#/components/responses/Bytes' }
          : { description: 'OK', ...(content ? { content } : {}) },
      ...(refusals.length > 0 ? { default: refused(refusals) } : {}),
    },
  })
}

/** Refuses with `invalid-body`, naming the first field that is wrong. */
export const body = <T extends z.ZodType>(schema: T) => validator('json', schema, refuse)

export const query = <T extends z.ZodType>(schema: T) => validator('query', schema, refuse)

/** Of a query that another route describes: checked here, and not said again in the OpenAPI file. */
export const sameQuery = <T extends z.ZodType>(schema: T) =>
  unsaid('query', (value) => {
    const result = schema.safeParse(value)
    refuse(result.success ? result : { success: false, error: result.error.issues })
    return result.data
  }) as unknown as ReturnType<typeof query<T>>

/** Checked here; what it may say is a guide's, and would be a tenth of the file. */
export const unsaidBody = <T extends z.ZodType>(schema: T) =>
  unsaid('json', (value) => {
    const result = schema.safeParse(value)
    refuse(result.success ? result : { success: false, error: result.error.issues })
    return result.data
  }) as unknown as ReturnType<typeof body<T>>

interface Checked {
  readonly success: boolean
  readonly error?: readonly {
    readonly message: string
    readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  }[]
}

function refuse(result: Checked): undefined {
  if (result.success) return undefined
  const issue = result.error?.[0]
  const path = (issue?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.')
  throw new Refusal('invalid-body', {
    message: `${path || 'The request'}: ${issue?.message ?? 'not as expected'}.`,
    field: path,
  })
}
