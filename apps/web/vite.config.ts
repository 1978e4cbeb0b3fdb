/**
 * Builds the page into dist/, which the server hands out under a strict Content-Security-Policy:
 * no inline scripts, no data: scripts, workers as files of their own. In development, API and live channel come from port 4000.
 */
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { writeCasePage } from './tools/casePage.ts'
import { FILES, filesOf, type Modules } from './tools/files.ts'
import { noCycles } from './tools/noCycles.ts'
import { packed } from './tools/packed.ts'

const server = process.env.CONSILIUM_SERVER ?? 'http://localhost:4000'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const ROOTS = {
  start: at('src/main.tsx'),
  rooms: at('src/rooms/Rooms.tsx'),
  panel: at('src/rooms/panel/PanelRoom.tsx'),
  account: at('src/rooms/account/Account.tsx'),
  unseen: at('src/rooms/panel/later/unseen.ts'),
}
let fileOf: ReturnType<typeof filesOf> | undefined

/** What comes ahead stands alone, and small. */
const CHUNKS = [
  {
    name: 'early',
    test: /\/src\/ahead\/(?!warm)|\/panes\/decoder\.ts|\/imaging\/src\/samples\.ts/,
    priority: FILES.length + 1,
  },
  ...FILES.map((name, place) => ({
    name: (id: string, modules: Modules): string | null => {
      fileOf ??= filesOf(ROOTS, modules)
      return fileOf(id) === name ? name : null
    },
    // Whatever a module imports goes with it, unless a file above has it.
    priority: FILES.length - place,
  })),
]
/**
 * What makes a schema does nothing else: one that nobody uses need not be made. By their whole names, because one letter may be anything in
 * code that came small.
 */
const MAKERS =
  'object strictObject array tuple record union discriminatedUnion intersection string number boolean enum literal unknown'
    .split(' ')
    .map((what) => `z.${what}`)
export default defineConfig({
  plugins: [solid(), tailwindcss(), writeCasePage(), noCycles(), packed()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    rolldownOptions: {
      input: { index: 'index.html', early: 'src/ahead/early.ts' },
      treeshake: { manualPureFunctions: MAKERS },
      output: { codeSplitting: { groups: CHUNKS } },
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
