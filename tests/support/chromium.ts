/**
 * Finds the Chromium that browser tests drive: CHROMIUM_PATH, the system's, or the one Playwright brought.
 * As root on Debian a missing one is installed from Debian's packages. With CI=true a missing browser is a failure, never a skip.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Background networking off, so that a closed network costs nothing. */
const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Pages are put together on the CPU, as on any machine without a GPU, and only WebGL is computed: a page is drawn several times faster than when a computed GPU does both. */
export const CHROMIUM_FLAGS = [...QUIET, '--disable-gpu', '--enable-unsafe-swiftshader']

/** Everything through a GPU that the CPU computes, but the 2D canvas, whose calls it would queue. What benchmarks have measured with so far. */
export const COMPUTED_GPU_FLAGS = [
  ...QUIET,
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-accelerated-2d-canvas',
]

const candidates = (): string[] =>
  [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ].filter((path): path is string => Boolean(path))

const installed = (): string | undefined => candidates().find((path) => existsSync(path))

/** Path of a browser that can be started. Throws with the ways out where there is none. */
export function findChromium(): string {
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.error('No Chromium here; installing it from Debian’s packages …')
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
    })
    const now = installed()
    if (now) return now
  }
  throw new Error(
    'Browser tests need Chromium: install it, set CHROMIUM_PATH, or run `npx playwright install chromium`.',
  )
}
