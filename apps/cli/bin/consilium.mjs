#!/usr/bin/env node
// Plain JavaScript, so that any Node can run it: where the running one is older than the one this product is pinned to,
// the same command is started again with the pinned one (npm package `node`). Everything else is in src/main.ts.
import { spawn } from 'node:child_process'
import module, { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const OLDEST = 24

if (Number(process.versions.node.split('.')[0]) >= OLDEST) {
  // What was compiled is kept for the next start, which then takes little more than half of the processor time. Beside the packages, because
  // whoever can write there could change the code itself; where that cannot be written to, nothing is kept.
  process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../../node_modules/.cache/compiled')
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE'])
  await import('../src/main.ts')
} else {
  const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'))
  const node = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const child = spawn(node, [import.meta.filename ?? process.argv[1], ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`The pinned Node could not be started: ${error.message}. Run "npm ci" in the checkout.`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}
