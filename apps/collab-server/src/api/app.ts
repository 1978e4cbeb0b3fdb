/**
 * All of HTTP in one tree: health, the API behind its policy, the web app. Routes live one file per resource; who may use which is in
 * policy.ts, which runs before any of them.
 */
import { Refusal } from '@consilium/contract/refusals'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { bringsToken } from '../people/whoIs.ts'
import type { Services } from '../services.ts'
import type { Site } from '../site.ts'
import { auditRoutes } from './audit.ts'
import { backupRoutes } from './backup.ts'
import { caseRoutes } from './cases.ts'
import { codeWhole, SMALL_BYTES } from './coded.ts'
import { docsRoutes } from './docs.ts'
import { documentRoutes } from './documents.ts'
import type { ApiEnv } from './env.ts'
import { answerErrors, refused } from './errors.ts'
import { evidenceRoutes } from './evidence.ts'
import { ourHeaders } from './headers.ts'
import { heldRoutes } from './held.ts'
import { historyRoutes } from './history.ts'
import { importRoutes } from './imports.ts'
import { meRoutes } from './me.ts'
import { metricsRoute } from './metrics.ts'
import { nameRoutes } from './names.ts'
import { patience } from './patience.ts'
import { peopleRoutes } from './people.ts'
import { enforcePolicy, READS } from './policy.ts'
import { projectRoutes } from './projects.ts'
import { redactionRoutes } from './redactions.ts'
import { restoreRoutes } from './restore.ts'
import { seriesRoutes } from './series.ts'
import { sessionRoutes } from './session.ts'
import { timelineRoutes } from './timeline.ts'
import { webApp } from './web.ts'

const API = '/api'
/** Of a JSON body. Files have their own limit, in imports.ts. */
const BODY_LIMIT = 64 * 1024
const FILES = /^\/api\/imports\/[^/]+\/(files|batches|parts\/[^/]+)$/

export function resourceRoutes(services: Services): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  for (const resource of [
    sessionRoutes,
    meRoutes,
    peopleRoutes,
    projectRoutes,
    caseRoutes,
    importRoutes,
    heldRoutes,
    seriesRoutes,
    documentRoutes,
    evidenceRoutes,
    auditRoutes,
    timelineRoutes,
    historyRoutes,
    nameRoutes,
    restoreRoutes,
    redactionRoutes,
    backupRoutes,
  ])
    routes.route('/', resource(services))
  return routes
}

export function createApp(services: Services): Hono<ApiEnv> {
  const { db, log, metrics, site } = services
  const app = new Hono<ApiEnv>()
  app.onError(answerErrors(log, metrics))
  app.use(ourHeaders(site))
  app.use(knownHost(site))
  app.use(compress({ threshold: SMALL_BYTES }))
  app.use(codeWhole)

  const api = new Hono<ApiEnv>()
  api.onError(answerErrors(log, metrics))
  api.notFound((c) => refused(c, new Refusal('not-found')))
  api.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  })
  const limit = bodyLimit({
    maxSize: BODY_LIMIT,
    onError: () => {
      throw new Refusal('too-large')
    },
  })
  api.use((c, next) => (READS.has(c.req.method) || FILES.test(c.req.path) ? next() : limit(c, next)))
  api.use(patience(db))
  api.use(enforcePolicy(services, API))
  const resources = resourceRoutes(services)
  api.route('/', resources)
  api.route('/', docsRoutes(resources, API))

  app.route(API, api)
  app.all(`${API}/*`, (c) => refused(c, new Refusal('not-found')))
  app.all(API, (c) => c.redirect(`${API}/docs`))
  app.route('/', metricsRoute(services))
  app.route('/', webApp())
  // The router is made at its first match: some 30 ms of work, which nobody who asks first is to wait for.
  app.router.match('GET', '/')
  return app
}

/** A name that was pointed at us (DNS rebinding) is not one of our addresses. Who brings a token is no browser that was led here. */
function knownHost(site: Site): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host')
    if (host !== undefined && !site.hosts.has(host.toLowerCase()) && !bringsToken(c.req.raw))
      throw new Refusal('wrong-origin', {
        message: `This server was opened at an address it does not know (${host}). Whoever runs it names its address in CONSILIUM_ORIGIN.`,
      })
    await next()
  }
}
