/**
 * Builds the page into dist/, which the server hands out under a strict Content-Security-Policy:
 * no inline scripts, no data: scripts, workers as files of their own. In development, API and live channel come from port 4000.
 */
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { packed } from './tools/packed.ts'

const server = process.env.CONSILIUM_SERVER ?? 'http://localhost:4000'

export default defineConfig({
  plugins: [solid(), tailwindcss(), packed()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
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
