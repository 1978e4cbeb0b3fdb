/**
 * The film, in the page as it is shipped, on the large document and over the pictures of its case. Forwards: played at the highest speed,
 * counted are moments after which the picture was read back, so that it had been drawn. Backwards: a click on the line that lies so many
 * rows back, from the press to the picture of that moment.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import { CHROMIUM_FLAGS, COMPUTED_GPU_FLAGS, findChromium } from '../../../support/chromium.ts'
import { goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import type { Bed } from '../bed.ts'
import { watchFrames } from './frames.ts'
import type { Part } from './part.ts'

/**
 * Without a GPU a browser puts pages together itself. Where one is computed, every change of the screen goes through it, which no reader
 * has. Both are measured, and beside each of them a page that has nothing but a picture, because no page is faster than that.
 */
const BROWSERS = [
  { name: 'without a GPU', flags: CHROMIUM_FLAGS },
  { name: 'with a computed GPU', flags: COMPUTED_GPU_FLAGS },
] as const
/** Revision by revision. */
const FASTEST = /^8 times/i
const SECONDS = 6
const ROUNDS = 3
/** Just within what the page keeps of the film. */
const BACK = 9_800
/** Less than one fetch of the film. */
const STRIDE = 900
const PATIENCE_MS = 180_000
const POLL_MS = 50
const SETTLED_MS = 1_000

export const film: Part = {
  name: 'film',
  title: 'The film in the browser, on the large document',
  async run(bed) {
    const parts = []
    for (const { name, flags } of BROWSERS) parts.push(await measure(bed, name, [...flags]))
    return { rows: parts.flatMap(({ rows }) => rows), goals: parts.flatMap(({ goals }) => goals) }
  },
}

async function measure(bed: Bed, name: string, args: string[]): ReturnType<Part['run']> {
  const browser = await chromium.launch({ executablePath: findChromium(), args })
  try {
    const bare: number[] = []
    for (let n = 0; n < ROUNDS; n++) bare.push(await framesOfAPicture(browser))
    const page = await openCase(browser, bed)
    const line = await openTimeline(page, bed)
    const forwards: number[] = []
    const backwards: number[] = []
    for (let n = 0; n < ROUNDS; n++) {
      await line.goTo(bed.large.head / 2)
      forwards.push(await line.play())
    }
    const start = Math.round(bed.large.head / 4)
    for (let n = 0; n < ROUNDS; n++) backwards.push(await line.back(start))
    const p95 = percentile(backwards, 95) ?? Number.NaN
    return {
      rows: [
        row(`${name}: pictures in a second of a page that is nothing else`, bare),
        row(`${name}: moments drawn in a second, forwards`, forwards),
        row(`${name}: ms from the press to the picture, ${BACK} rows back`, backwards),
      ],
      goals: [
        goal(`${name}: moments a second, forwards, least`, Math.min(...forwards), '>=', 30),
        goal(`${name}: 10,000 rows back, most, ms`, p95, '<=', 50),
      ],
    }
  } finally {
    await browser.close()
  }
}

/** As large as the image area is; painted in one colour, then in another. */
async function framesOfAPicture(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.setContent('<canvas width="1000" height="600"></canvas>')
  const frames = await page.evaluate(async (seconds) => {
    const paint = document.querySelector('canvas')?.getContext('2d')
    const end = performance.now() + seconds * 1_000
    for (let count = 0; ; count++) {
      if (performance.now() > end) return count
      if (paint) paint.fillStyle = count % 2 === 0 ? '#111' : '#222'
      paint?.fillRect(0, 0, 1_000, 600)
      await new Promise(requestAnimationFrame)
    }
  }, SECONDS)
  await page.close()
  return frames / SECONDS
}

const row = (what: string, values: readonly number[]): Row => ({
  what,
  rounds: values.length,
  median: round(percentile(values, 50), 1),
  least: round(Math.min(...values), 1),
  most: round(Math.max(...values), 1),
})

async function openCase(browser: Browser, { url, case: { id } }: Bed): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: url })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.request.post('/api/session', {
    data: { login: 'vasquez', password: 'consilium-demo' },
    headers: { origin: url },
  })
  await page.addInitScript(watchFrames)
  await page.goto(`/cases/${id}`)
  await page.locator('#stage[data-frames-here]').waitFor()
  return page
}

interface Line {
  goTo(seq: number): Promise<number>
  /** Moments a second. */
  play(): Promise<number>
  /** ms, from so many rows after `seq` back to it. */
  back(seq: number): Promise<number>
}

async function openTimeline(page: Page, { large: { head } }: Bed): Promise<Line> {
  await page.keyboard.press('t')
  const section = page.getByRole('region', { name: 'Timeline' })
  const track = section.getByTestId('track')
  await track.waitFor()
  await page.waitForFunction(
    (least) => Number(document.querySelector('[data-testid=track]')?.getAttribute('aria-valuemax')) >= least,
    head,
  )
  const width = (await track.boundingBox())?.width ?? 0
  /** A pixel is many revisions. */
  const reach = head / width + 1

  /** Resolves with the moment that is shown then. */
  async function goTo(seq: number): Promise<number> {
    await track.click({ position: { x: (seq / head) * width, y: 30 } })
    await page.waitForFunction(
      ([wanted, near]) => Math.abs((window.seen.at(-1)?.moment ?? 0) - wanted) <= near,
      [seq, reach] as const,
      { polling: POLL_MS },
    )
    return Number(await section.getAttribute('data-moment'))
  }

  async function play(): Promise<number> {
    await section.getByRole('button', { name: /^Speed/ }).click()
    await page.getByRole('menuitem', { name: FASTEST }).click()
    await section.getByRole('button', { name: 'Play', exact: true }).click()
    await page.evaluate(() => void window.seen.splice(0))
    await page.waitForTimeout(SECONDS * 1_000)
    const seen = await page.evaluate(() => window.seen)
    await section.getByRole('button', { name: 'Pause' }).click()
    return new Set(seen.map(({ moment }) => moment)).size / SECONDS
  }

  async function back(seq: number): Promise<number> {
    for (let on = 0; on < BACK; on += STRIDE) await goTo(seq + on)
    await goTo(seq + BACK)
    // What the page fetches on both sides of where it stands is there by then.
    await page.waitForTimeout(SETTLED_MS)
    await goTo(seq)
    const picture = await page.waitForFunction(
      ([wanted, near]) =>
        window.seen.find(({ changed, moment }) => changed && Math.abs(moment - wanted) <= near)?.sincePress,
      [seq, reach] as const,
      { polling: POLL_MS },
    )
    return (await picture.jsonValue()) ?? Number.NaN
  }
  return { goTo, play, back }
}
