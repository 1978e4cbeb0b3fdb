/** The OpenAPI file, made from the routes themselves, and a page to read it, served from here without inline scripts. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Refusal } from '@consilium/contract/refusals'
import { Hono, type MiddlewareHandler } from 'hono'
import { openAPIRouteHandler } from 'hono-openapi'
import { VERSION } from '../version.ts'
import { ANSWERS, SAID_ONCE } from './describe.ts'
import type { ApiEnv } from './env.ts'

const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const FILES: Record<string, { type: string; read: () => Promise<string | Buffer> }> = {
  'swagger-ui.css': {
    type: 'text/css; charset=utf-8',
    read: () => readFile(join(SWAGGER, 'swagger-ui.css')),
  },
  'swagger-ui-bundle.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => readFile(join(SWAGGER, 'swagger-ui-bundle.js')),
  },
  'start.js': {
    type: 'text/javascript; charset=utf-8',
    read: async () =>
      "SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null, tryItOutEnabled: true })\n",
  },
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Consilium: the HTTP interface</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`

/** `api` is the app whose routes are described, mounted at `base`. */
export function docsRoutes(api: Hono<ApiEnv>, base: string): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  routes.get(
    '/openapi.json',
    withoutIdleWords,
    openAPIRouteHandler(api, {
      // A route may end like a file.
      excludeStaticFile: false,
      documentation: {
        info: {
          title: 'Consilium',
          version: VERSION,
          description:
            'Real-time collaborative annotation of medical images. People come with a session cookie, scripts with `Authorization: Bearer <token>`. ' +
            'Every refusal is `{ code, message, next, field? }`. What you may not know of answers 404, as if it did not exist. ' +
            `Wherever they apply: ${SAID_ONCE}.`,
        },
        servers: [{ url: base }],
        components: {
          responses: ANSWERS,
          securitySchemes: {
            token: { type: 'http', scheme: 'bearer' },
            session: { type: 'apiKey', in: 'cookie', name: 'consilium' },
          },
        },
        security: [{ token: [] }, { session: [] }],
      },
      defaultValidationErrorResponse: false,
    }),
  )
  routes.get('/docs', (c) => c.html(PAGE))
  routes.get('/docs/:file', async (c) => {
    const file = FILES[c.req.param('file')]
    if (!file) throw new Refusal('not-found')
    c.header('Content-Type', file.type)
    return c.body(new Uint8Array(Buffer.from(await file.read())))
  })
  return routes
}

interface Parameter {
  readonly in: string
  readonly name: string
}

/**
 * Without names of operations that nobody gave, and that every whole number lies between -2^53 and 2^53: a tenth of the file, and nothing
 * in it. Parts of addresses that many routes share are said once, and so are questions that several ask in the same words.
 */
const withoutIdleWords: MiddlewareHandler = async (c, next) => {
  await next()
  const said = (await c.res.json()) as {
    components: { parameters?: Record<string, Parameter> }
    paths: Record<string, Record<string, { parameters?: (Parameter | { $ref: string })[] }>>
  }
  const shared: Record<string, Parameter> = {}
  const operations = Object.values(said.paths).flatMap((path) => Object.values(path))
  const words = operations.flatMap(({ parameters = [] }) => parameters.map((one) => JSON.stringify(one)))
  // Many routes ask for the same part of an address, and not all for what they share a name with.
  const nameOf = (one: Parameter): string => (one.in === 'path' ? one.name : `${one.name}-asked`)
  const isShared = (one: Parameter): boolean => {
    const own = JSON.stringify(one)
    const known = shared[nameOf(one)]
    const isAlone = one.in !== 'path' && words.filter((other) => other === own).length === 1
    return !isAlone && (!known || JSON.stringify(known) === own)
  }
  for (const operation of operations)
    operation.parameters = operation.parameters?.map((one) => {
      if (!('in' in one) || !isShared(one)) return one
      shared[nameOf(one)] = one
      return { $ref: `#/components/parameters/${nameOf(one)}` }
    })
  said.components.parameters = shared
  const isIdle = (key: string, value: unknown): boolean =>
    key === 'operationId' ||
    ((key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER)
  c.res = new Response(
    JSON.stringify(said, (key, value) => (isIdle(key, value) ? undefined : value)),
    c.res,
  )
}
