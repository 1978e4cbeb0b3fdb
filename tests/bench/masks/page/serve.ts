/** Gives a browser the modules of this repository as they are, types taken off. On loopback, for as long as a measurement takes. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../../../', import.meta.url)
const PACKAGES = ['geometry', 'crdt-schema']

/** Where the names that modules import lie. */
function importMap(): string {
  const imports: Record<string, string> = { fflate: '/node_modules/fflate/esm/browser.js' }
  for (const name of PACKAGES) {
    const path = `packages/${name}`
    const { exports } = JSON.parse(readFileSync(new URL(`${path}/package.json`, ROOT), 'utf8')) as {
      exports: Record<string, string>
    }
    for (const [entry, file] of Object.entries(exports))
      imports[`@consilium/${name}${entry.slice(1)}`] = `/${path}${file.slice(1)}`
  }
  return JSON.stringify({ imports })
}

function answerTo(path: string): { readonly type: string; readonly text: string } {
  if (path === '/')
    return {
      type: 'text/html',
      text: `<!doctype html><link rel="icon" href="data:,"><script type="importmap">${importMap()}</script>`,
    }
  const source = readFileSync(fileURLToPath(new URL(`.${path}`, ROOT)), 'utf8')
  return { type: 'text/javascript', text: path.endsWith('.ts') ? stripTypeScriptTypes(source) : source }
}

export async function serveModules(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    const { type, text } = answerTo(request.url ?? '/')
    response.setHeader('content-type', `${type}; charset=utf-8`)
    response.end(text)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}
