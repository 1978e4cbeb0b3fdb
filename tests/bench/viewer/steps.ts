/** What a hand does: a turn of the wheel, a drag of the window, a spin. Each is a trusted input event that must change pixels. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from './page.ts'
import type { Target } from './target.ts'

const NOTCH = 100
const SPIN = { events: 60, ms: 1_000, quietMs: 1_500 }
/** For one step; and for all of one kind in one picture: who takes seconds for a step takes fewer. */
const PATIENCE_MS = 30_000
const STEPS_MS = 6_000
/** CSS pixels of one move. */
const DRAG = 4

/** ms from the arrival of the input in the page until so many of the pictures have changed. */
async function changed(page: Page, act: () => Promise<void>, pictures = 1): Promise<number> {
  const before = await page.evaluate(() => window.pictures.length, null)
  await act()
  const ms = await page.evaluate(
    async ([from, count, patience]) => {
      const until = performance.now() + patience
      for (;;) {
        const firsts = new Map<number, number>()
        for (const { picture, sinceInput } of window.pictures.slice(from))
          if (!firsts.has(picture)) firsts.set(picture, sinceInput ?? Number.NaN)
        if (firsts.size >= count) return Math.max(...firsts.values())
        if (performance.now() > until) return null
        await new Promise((later) => setTimeout(later, 4))
      }
    },
    [before, pictures, PATIENCE_MS] as const,
  )
  if (ms === null) throw new Error(`${pictures} of the pictures did not change within ${PATIENCE_MS} ms`)
  return ms
}

async function pointAt(page: Page, target: Target, picture = 0): Promise<{ x: number; y: number }> {
  const box = (await page.boxes(target.canvases))[picture]
  if (!box) throw new Error(`${target.name} shows no picture ${picture}`)
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.move(at.x, at.y)
  // A page may show something where the pointer comes to; that is no part of a step.
  await sleep(100)
  return at
}

const wheel = (page: Page, by: 1 | -1): Promise<void> => page.wheel(by * NOTCH)

/** Forth and back, over each of the pictures. */
export async function scroll(
  page: Page,
  target: Target,
  steps: number,
  isToAndFro: boolean,
): Promise<number[]> {
  const taken: number[] = []
  const pictures = (await page.boxes(target.canvases)).length
  for (let picture = 0; picture < pictures; picture++) {
    await pointAt(page, target, picture)
    // With the first one a pane may become the one that keys are meant for.
    await changed(page, () => wheel(page, 1))
    const until = performance.now() + STEPS_MS
    for (let n = 0; n < steps && performance.now() < until; n++) {
      const isBack = isToAndFro ? n % 2 === 0 : n >= steps / 2
      taken.push(await changed(page, () => wheel(page, isBack ? -1 : 1)))
    }
  }
  return taken
}

/** All planes of a series show its window. */
export async function turnWindow(
  page: Page,
  target: Target,
  steps: number,
  pictures: number,
): Promise<number[]> {
  const { x, y } = await pointAt(page, target)
  await target.takeWindow(page)
  await page.press()
  const taken: number[] = []
  const until = performance.now() + STEPS_MS
  for (let n = 1; n <= steps && performance.now() < until; n++)
    taken.push(await changed(page, () => page.move(x + DRAG * n, y), pictures))
  await page.release()
  return taken
}

/** A hand does not wait for the picture: events come by the clock. */
export async function spin(page: Page, target: Target): Promise<{ perSecond: number; lastAfter: number }> {
  await pointAt(page, target)
  const before = await page.evaluate(() => window.pictures.length, null)
  const turns: Promise<void>[] = []
  const begun = performance.now()
  for (let n = 0; n < SPIN.events; n++) {
    await sleep(Math.max(0, begun + (n * SPIN.ms) / SPIN.events - performance.now()))
    turns.push(wheel(page, n % 40 < 20 ? 1 : -1))
  }
  await Promise.all(turns)
  await sleep(SPIN.quietMs)
  return page.evaluate(
    ([from, ms]) => {
      const seen = window.pictures.slice(from)
      const last = seen.at(-1)
      // One that was late counts for the time that it took.
      const span = Math.max(ms, (last?.at ?? 0) - (seen[0]?.at ?? 0))
      return {
        perSecond: (1_000 * seen.length) / span,
        lastAfter: (last?.at ?? Number.NaN) - (window.inputAt ?? Number.NaN),
      }
    },
    [before, SPIN.ms] as const,
  )
}
