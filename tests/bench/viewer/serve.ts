/**
 * Hands out the peers' pages and the pictures that they ask for, on loopback: a process of its own, as the product's server is one. Code is
 * packed by gzip before anybody asks; pictures go as they lie on the disk. Arguments: the folder of the pages, the folder of the pictures.
 */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const [pages = '', pictures = ''] = process.argv.slice(2)
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.dcm': 'application/dicom',
}
const code = new Map(
  readdirSync(pages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => [file, gzipSync(readFileSync(file))]),
)

/** A frame is asked for as WADO-RS names it. */
function fileOf(path: string): string {
  const clean = normalize(path)
  if (!clean.startsWith('/pictures/')) return join(pages, clean)
  return join(pictures, clean.slice('/pictures'.length).replace(/\/frames\/1$/, '.raw'))
}

const server = createServer((request, response) => {
  const file = fileOf(new URL(request.url ?? '/', 'http://here').pathname)
  const packed = code.get(file)
  if (!packed && !existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  // As the product's pages have it: memory may be shared with workers.
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-embedder-policy', 'require-corp')
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
  if (packed) response.setHeader('content-encoding', 'gzip').end(packed)
  else {
    response.setHeader('content-length', statSync(file).size)
    createReadStream(file).pipe(response)
  }
})

server.listen(0, '127.0.0.1', () => process.send?.({ ready: true }))
process.on('message', ({ ask }: { ask?: string }) => {
  if (ask === 'port') process.send?.({ port: (server.address() as AddressInfo).port })
})
// Whoever measures is gone.
process.on('disconnect', () => process.exit())
