/**
 * The page as it is shipped (signed in, live channel open) on the demo study: first slice cold, all slices, a scroll step, a window
 * step, a spin of the wheel, and a scroll step in three planes at once. Every step is a trusted input event that must change pixels; a fresh browser per repetition.
 */

import type { Case, Project } from '@consilium/contract/projects'
import { type Browser, chromium, type Page } from '@playwright/test'
import { COMPUTED_GPU_FLAGS, findChromium } from '../../support/chromium.ts'
import { startServerProcess, temporaryFolder } from '../../support/server.ts'
import { percentile, printTable, type Row, round, writeJson } from '../report.ts'
import { scrollPlanes } from './planes.ts'
import { probe } from './probe.ts'

const REPETITIONS = Number(process.env.BENCH_ROUNDS ?? 5)
const STEPS = 40
const SPIN = { events: 60, ms: 1_000 }

const folder = temporaryFolder('bench')
const server = await startServerProcess({ data: `${folder.path}/data`, demoStudy: true })
const figures: Record<string, number[]> = {}
const note = (name: string, ...ms: number[]) => (figures[name] ??= []).push(...ms)

try {
  for (let n = 0; n < REPETITIONS; n++) {
    const browser = await chromium.launch({ executablePath: findChromium(), args: COMPUTED_GPU_FLAGS })
    try {
      await measure(browser)
    } finally {
      await browser.close()
    }
  }
} finally {
  await server.kill('SIGTERM')
  folder.remove()
}

const rows: Row[] = Object.entries(figures).map(([figure, values]) => ({
  figure,
  median: round(percentile(values, 50), 1),
  p95: round(percentile(values, 95), 1),
  samples: values.length,
}))
printTable(`The workspace on the demo study, ${REPETITIONS} fresh browsers`, rows)
console.log(`\nfigures: ${writeJson('viewer', { flags: COMPUTED_GPU_FLAGS, rows })}`)
process.exit(0)

async function measure(browser: Browser): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.url })
  const page = await context.newPage()
  await page.request.post('/api/session', {
    data: { login: 'okafor', password: 'consilium-demo' },
    headers: { origin: server.url },
  })
  const study = await demoCase(page)
  await page.addInitScript(probe)
  await page.goto(`/cases/${study.id}`, { waitUntil: 'commit' })
  await page.waitForFunction(() => window.pictures?.length > 0)
  note('first slice, ms', (await page.evaluate(() => window.pictures[0]?.at)) ?? Number.NaN)
  await page.waitForFunction(
    (all) => document.querySelector('#stage')?.getAttribute('data-frames-here') === all,
    String(study.slices),
  )
  note('all slices, ms', await page.evaluate(() => performance.now()))

  const box = await page.locator('#stage').boundingBox()
  if (!box) throw new Error('the stage is not on screen')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(middle.x, middle.y)
  for (let n = 0; n < STEPS; n++)
    note('scroll step, ms', await changed(page, () => page.mouse.wheel(0, n < STEPS / 2 ? 100 : -100)))

  await page.mouse.move(middle.x, middle.y)
  await page.keyboard.press('w')
  await page.mouse.down()
  for (let n = 1; n <= STEPS; n++)
    note('window step, ms', await changed(page, () => page.mouse.move(middle.x + 4 * n, middle.y)))
  await page.mouse.up()

  const before = await page.evaluate(() => window.pictures.length)
  const turns: Promise<void>[] = []
  for (let n = 0; n < SPIN.events; n++) {
    // A hand does not wait for the picture either.
    turns.push(page.mouse.wheel(0, n % 40 < 20 ? 100 : -100))
    await page.waitForTimeout(SPIN.ms / SPIN.events)
  }
  await Promise.all(turns)
  note('pictures in a spin of 60 events', (await page.evaluate(() => window.pictures.length)) - before)
  await scrollPlanes(page, (act) => changed(page, act), note)
  await context.close()
}

/** ms from the arrival of the input in the page to the changed picture. */
async function changed(page: Page, act: () => Promise<void>): Promise<number> {
  const before = await page.evaluate(() => window.pictures.length)
  await act()
  await page.waitForFunction((count) => window.pictures.length > count, before, {
    polling: 10,
    timeout: 5_000,
  })
  return (await page.evaluate((count) => window.pictures[count]?.sinceInput, before)) ?? Number.NaN
}

/** The demo study comes in the background after the server is ready. */
async function demoCase(page: Page): Promise<Case> {
  for (;;) {
    const [project] = (await (await page.request.get('/api/projects')).json()) as Project[]
    const [found] = (await (await page.request.get(`/api/projects/${project?.id}/cases`)).json()) as Case[]
    if (found) return found
    await page.waitForTimeout(250)
  }
}
