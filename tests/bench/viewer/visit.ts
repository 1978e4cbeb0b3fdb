/** One page in a fresh browser, from the navigation to the last step: what it took, in figures that mean the same for all. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../../support/chromium.ts'
import { memoryOf } from '../ingest/tree.ts'
import { FLAGS } from './flags.ts'
import { probe } from './probe.ts'
import { scroll, spin, turnWindow } from './steps.ts'
import type { Asked, Target } from './target.ts'

const SCREEN = { width: 1440, height: 900 }
/** A picture that has not changed for so long stands. */
const QUIET_MS = 500
/**
 * Asked for by the clock: by default Playwright asks in an animation frame of its own, again and again, so that a page which stands still
 * would draw sixty times a second and have its pictures read back each time.
 */
const WAITING = { timeout: 120_000, polling: 50 } as const

export interface Taken {
  readonly first: number
  readonly all: number
  /** MiB over the same browser with an empty page. */
  readonly memory: number
  readonly scroll: readonly number[]
  readonly window: readonly number[]
  readonly spin: { readonly perSecond: number; readonly lastAfter: number } | null
  /** The longest task after the first picture, and while the pictures were scrolled; 0: none over 50 ms. */
  readonly longest: number
  readonly longestScrolling: number
}

export interface Plan {
  /** Steps of each kind; 0: only opened. */
  readonly steps: number
  readonly isSpun?: boolean
  /** Forth and back between two slices, instead of on through the series. */
  readonly isToAndFro?: boolean
}

/** In a browser that nobody used before. */
export async function inBrowser<T>(work: (browser: Browser, pid: number) => Promise<T>): Promise<T> {
  const server = await chromium.launchServer({ executablePath: findChromium(), args: [...FLAGS] })
  try {
    return await work(await chromium.connect(server.wsEndpoint()), server.process().pid ?? 0)
  } finally {
    await server.close()
  }
}

export const pageOf = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ viewport: SCREEN })).newPage()

export const visit = (target: Target, asked: Asked, plan: Plan): Promise<Taken> =>
  inBrowser(async (browser, pid) => {
    const page = await pageOf(browser)
    await sleep(QUIET_MS)
    const blank = memoryOf(pid)
    const { first, all } = await opened(page, target, asked)
    const memory = memoryOf(pid) - blank
    const scrolled = await page.evaluate(() => performance.now())
    const { steps, isToAndFro = false } = plan
    const scrollSteps = steps > 0 ? await scroll(page, target, steps, isToAndFro) : []
    const spun = plan.isSpun ? await spin(page, target) : null
    const stopped = await page.evaluate(() => performance.now())
    const windowSteps = steps > 0 ? await turnWindow(page, target, steps, asked.places.length) : []
    const tasks = await page.evaluate(() => window.longTasks)
    const longestIn = (from: number, to: number): number =>
      Math.max(0, ...tasks.filter(({ at }) => at >= from && at < to).map(({ ms }) => ms))
    return {
      first,
      all,
      memory,
      scroll: scrollSteps,
      window: windowSteps,
      spin: spun,
      longest: longestIn(first, Number.POSITIVE_INFINITY),
      longestScrolling: longestIn(scrolled, stopped),
    }
  })

/** Up to where every slice is here and the pictures stand. */
export async function opened(
  page: Page,
  target: Target,
  asked: Asked,
): Promise<{ readonly first: number; readonly all: number }> {
  await target.prepare(page, asked)
  await page.addInitScript(probe, target.canvases)
  await page.goto(target.address(asked), { waitUntil: 'commit' })
  await page.waitForFunction(() => window.pictures?.length > 0, undefined, WAITING)
  await page.waitForFunction(() => window.allHere !== undefined, undefined, WAITING)
  await page.waitForFunction(
    ([quiet, count]) => {
      const seen = new Set(window.pictures.map(({ picture }) => picture))
      return seen.size >= count && performance.now() - (window.pictures.at(-1)?.at ?? 0) > quiet
    },
    [QUIET_MS, asked.places.length] as const,
    WAITING,
  )
  return page.evaluate(() => ({
    first: window.pictures[0]?.at ?? Number.NaN,
    all: Math.max(window.allHere ?? Number.NaN, window.pictures.at(-1)?.at ?? 0),
  }))
}
