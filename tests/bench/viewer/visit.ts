/** One page in a fresh browser, from the navigation to the last step: what it took, in figures that mean the same for all. */
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { findChromium } from '../../support/chromium.ts'
import { freePort } from '../collab/target.ts'
import { memoryOf } from '../ingest/tree.ts'
import { FLAGS } from './flags.ts'
import { Page } from './page.ts'
import { probe } from './probe.ts'
import { scroll, spin, turnWindow } from './steps.ts'
import type { Asked, Target } from './target.ts'

/** A picture that has not changed for so long stands. */
const QUIET_MS = 500

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

/** An empty page in a browser that nobody used before. Playwright starts it, with the flags that it always starts one with, and no more. */
export async function inBrowser<T>(work: (page: Page, pid: number) => Promise<T>): Promise<T> {
  const port = await freePort()
  const server = await chromium.launchServer({
    executablePath: findChromium(),
    args: [...FLAGS, `--remote-debugging-port=${port}`],
  })
  try {
    return await work(await Page.in(port), server.process().pid ?? 0)
  } finally {
    await server.close()
  }
}

export const visit = (target: Target, asked: Asked, plan: Plan): Promise<Taken> =>
  inBrowser(async (page, pid) => {
    await sleep(QUIET_MS)
    const blank = memoryOf(pid)
    const { first, all } = await opened(page, target, asked)
    const memory = memoryOf(pid) - blank
    const scrolled = await page.evaluate(() => performance.now(), null)
    const { steps, isToAndFro = false } = plan
    const scrollSteps = steps > 0 ? await scroll(page, target, steps, isToAndFro) : []
    const spun = plan.isSpun ? await spin(page, target) : null
    const stopped = await page.evaluate(() => performance.now(), null)
    const windowSteps = steps > 0 ? await turnWindow(page, target, steps, asked.places.length) : []
    const tasks = await page.evaluate(() => window.longTasks, null)
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
  await page.before(probe, target.canvases)
  await page.go(target.address(asked))
  await page.until(() => window.pictures?.length > 0, null)
  await page.until(() => window.allHere !== undefined, null)
  await page.until(
    ([quiet, count]) => {
      const seen = new Set(window.pictures.map(({ picture }) => picture))
      return seen.size >= count && performance.now() - (window.pictures.at(-1)?.at ?? 0) > quiet
    },
    [QUIET_MS, asked.places.length] as const,
  )
  return page.evaluate(
    () => ({
      first: window.pictures[0]?.at ?? Number.NaN,
      all: Math.max(window.allHere ?? Number.NaN, window.pictures.at(-1)?.at ?? 0),
    }),
    null,
  )
}
