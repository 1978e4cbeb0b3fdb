/**
 * The web app: files that Vite has built, each beside its packed forms. Their names carry a hash of their content, so they are kept for
 * ever; the page itself is always asked for anew. An address of the app answers with the page, that of a case with the page that names the
 * case's room (apps/web/tools/casePage.ts), whoever asks; a missing file answers 404, not with the page.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '@consilium/contract/refusals'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { refused } from './errors.ts'

export const WEB_APP = join(import.meta.dirname, '../../../web/dist')

const CASE = /^\/cases\/([a-z0-9]+)\/?$/

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Consilium</title></head>
  <body>
    <h1>The web app has not been built yet</h1>
    <p>The server runs. Build the page with <code>npm run build</code> in the checkout, then reload.</p>
  </body>
</html>
`

/** What the page of a case asks for first, the series before all: a browser asks for it before it has read the page. */
const asksOf = (id: string): string =>
  [`/api/cases/${id}/series`, '/api/me', `/api/cases/${id}`]
    .map((path) => `<${path}>; rel=preload; as=fetch; crossorigin`)
    .join(', ')

export function webApp(folder: string = WEB_APP): Hono {
  const app = new Hono()
  const page = join(folder, 'index.html')
  const casePage = join(folder, 'case.html')

  app.get('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable')
  })
  // Made anew per request while there is no folder: a build beside a running server is found without a restart.
  const filesIn = () => serveStatic({ root: folder, precompressed: true })
  const files = existsSync(folder) ? filesIn() : null
  app.get('*', async (c, next) => {
    if (c.req.path === '/' || c.req.path === '/index.html') return next()
    const serve = files ?? (existsSync(folder) ? filesIn() : null)
    return serve ? serve(c, next) : next()
  })
  app.get('*', async (c) => {
    const asksForPage = c.req.header('accept')?.includes('text/html') || c.req.path === '/'
    if (!asksForPage) return refused(c, new Refusal('not-found'))
    c.header('Cache-Control', 'no-cache')
    if (!existsSync(page)) return c.html(NOT_BUILT, 503)
    const id = CASE.exec(c.req.path)?.[1]
    if (id === undefined || !existsSync(casePage)) return c.html(await readFile(page, 'utf8'))
    c.header('Link', asksOf(id))
    return c.html(await readFile(casePage, 'utf8'))
  })
  app.all('*', (c) => refused(c, new Refusal('not-found')))
  return app
}
