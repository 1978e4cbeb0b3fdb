/**
 * Builds the page into dist/, which the server hands out under a strict Content-Security-Policy:
 * no inline scripts, no data: scripts, workers as files of their own. In development, API and live channel come from port 4000.
 */
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { writeCasePage } from './tools/casePage.ts'
import { noCycles } from './tools/noCycles.ts'
import { packed } from './tools/packed.ts'

const server = process.env.CONSILIUM_SERVER ?? 'http://localhost:4000'

/** A request costs more than a few kB: what several rooms share comes in few files. What comes ahead stands alone, and small. */
const CHUNKS = [
  {
    name: 'early',
    test: /\/src\/ahead\/(?!warm)|\/panes\/decoder\.ts|\/imaging\/src\/samples\.ts/,
    priority: 2,
  },
  // What every room stands on is one file: cut by who shares it, its parts would need each other before they are there.
  { name: 'shared', test: /node_modules\/(solid-js|@solidjs|@tanstack)\//, priority: 1 },
  { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 60_000 },
]
/**
 * What makes a schema does nothing else: one that nobody uses need not be made. By their whole names, because one letter may be anything in
 * code that came small.
 */
const MAKERS =
  'object strictObject array tuple record union discriminatedUnion intersection string number boolean enum literal unknown'
    .split(' ')
    .map((what) => `z.${what}`)
const fileNameOf = ({ name }: { readonly name: string }): string =>
  `assets/${name.startsWith('shared') ? 'shared' : '[name]'}-[hash].js`

export default defineConfig({
  plugins: [solid(), tailwindcss(), writeCasePage(), noCycles(), packed()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: { index: 'index.html', early: 'src/ahead/early.ts' },
      treeshake: { manualPureFunctions: MAKERS },
      output: { codeSplitting: { groups: CHUNKS }, chunkFileNames: fileNameOf },
    },
    // Icons and fonts as files: a data: address would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/collab': { target: server.replace(/^http/, 'ws'), ws: true },
    },
  },
})
