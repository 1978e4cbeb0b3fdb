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

/** Said once for all routes; each refers to it, and names the codes that it answers with. */
export const REFUSED = {
  Refusal: {
    description: 'Refused',
    content: { 'application/json': { schema: z.toJSONSchema(RefusalBody) as object } },
  },
}

/** "401 not-signed-in, 404 not-found": one line for all, or they would be a third of the file. */
const refused = (codes: readonly RefusalCode[]) => ({
  $ref: '#/components/responses/Refusal',
  description: codes.map((code) => `${REFUSALS[code].status} ${code}`).join(', '),
})

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
      ? { [bytes]: { schema: { type: 'string' as const, format: 'binary' } } }
      : undefined
  return describeRoute({
    tags: [tag],
    summary,
    responses: {
      [good]: { description: 'Success', ...(content ? { content } : {}) },
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
