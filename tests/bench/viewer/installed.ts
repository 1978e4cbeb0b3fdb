/**
 * The peers, and pages that show a series by them. They are no dependencies of the project: their packages lie in peers/, and the first
 * run installs them there as its lock says.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const FOLDER = join(import.meta.dirname, 'peers')
const PAGES = join(FOLDER, 'pages')

export const PEERS = ['@cornerstonejs/core', '@niivue/niivue', 'dwv'] as const

const manifest = (name: string): string => join(FOLDER, 'node_modules', name, 'package.json')

export function install(): void {
  const wanted = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const isThere = Object.entries(wanted.dependencies).every(
    ([name, version]) => existsSync(manifest(name)) && versionOf(name) === version,
  )
  if (isThere) return
  console.log('Installing what the viewer is measured beside …')
  execFileSync('npm', ['ci', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  })
}

export const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(manifest(name), 'utf8')) as { version: string }).version

/** The pages as they would be shipped: minified, each with its own code alone. */
export async function buildPages(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: PAGES,
    logLevel: 'error',
    worker: { format: 'es' },
    // vtk.js, below Cornerstone3D, takes Node's events for given.
    resolve: { alias: { events: join(FOLDER, 'node_modules/events/events.js') } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: ['cornerstone', 'niivue', 'dwv'].map((name) => join(PAGES, `${name}.html`)),
      },
    },
  })
}
