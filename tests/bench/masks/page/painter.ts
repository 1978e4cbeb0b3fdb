/** Somebody with a browser of their own who looks at the middle slice, and paints in it as a hand does. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from '@playwright/test'
import type { Ours } from '../../viewer/ours.ts'
import { PASSWORD } from '../../viewer/ours.ts'
import { MIDDLE, SLICES } from './painted.ts'
import { type Drawn, probe } from './probe.ts'

const SCREEN = { width: 1440, height: 900 }
const PATIENCE_MS = 300_000
/** Over the picture, and over one that may be laid over it. */
const MASKS = '.cs-picture > canvas:nth-of-type(3)'
const SIZE_MM = '12'
/** From one move to the next: a frame, and the next one. */
const MOVE_MS = 40

export async function arrive(browser: Browser, { url, studies }: Ours, login: string): Promise<Page> {
  const page = await browser.newPage({ viewport: SCREEN })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.request.post(`${url}/api/session`, {
    data: { login, password: PASSWORD },
    headers: { origin: url },
  })
  await page.addInitScript(probe, MASKS)
  await page.goto(`${url}/cases/${studies.get(SLICES)?.case}`)
  await page.locator(`#stage[data-frames-here="${SLICES}"]`).waitFor()
  await page.locator(`#stage[data-frame="${MIDDLE}"]`).waitFor()
  return page
}

export async function takeBrush(page: Page, segment: string): Promise<void> {
  const row = page
    .getByRole('region', { name: 'Segments' })
    .getByRole('listitem')
    .filter({ hasText: segment })
  await row.getByRole('button', { name: segment }).first().click()
  await page
    .getByRole('toolbar', { name: 'Tools' })
    .getByRole('button', { name: 'Brush', exact: true })
    .click()
  await page.getByLabel('Size', { exact: true }).fill(SIZE_MM)
  await page.keyboard.press('Enter')
}

export interface Stroke {
  /** While it is made. */
  readonly dabs: readonly Drawn[]
  /** ms of the page's own code when it is let go and becomes an act. */
  readonly act: number
  readonly pressedAt: number
}

/** A stroke of so many moves to the right, and what was drawn of it. */
export async function stroke(page: Page, at: { x: number; y: number }, moves: number): Promise<Stroke> {
  await page.mouse.move(at.x, at.y)
  await sleep(10 * MOVE_MS)
  await page.evaluate(() => {
    window.drawn = []
    window.pressed = []
    window.released = []
  })
  await page.mouse.down()
  for (let n = 1; n <= moves; n++) {
    await page.mouse.move(at.x + 4 * n, at.y + (n % 5))
    await sleep(MOVE_MS)
  }
  const dabs = await page.evaluate(() => window.drawn)
  await page.mouse.up()
  await sleep(10 * MOVE_MS)
  const [[act = Number.NaN], [pressedAt = Number.NaN]] = await page.evaluate(
    () => [window.released, window.pressed] as const,
  )
  return { dabs, act, pressedAt }
}

/** Of 256: a line is smoothed a little otherwise where less of it is drawn. */
const SEEN = 48

/** Pixels of the masks that look different once all of them are drawn anew, on the way to the next slice and back. */
export async function pixelsAmiss(page: Page): Promise<number> {
  const before = await pixelsOf(page)
  await page.keyboard.press('ArrowDown')
  await sleep(10 * MOVE_MS)
  await page.keyboard.press('ArrowUp')
  await page.locator(`#stage[data-frame="${MIDDLE}"]`).waitFor()
  await sleep(10 * MOVE_MS)
  const after = await pixelsOf(page)
  return before.filter((value, i) => differ(value, after[i] ?? 0)).length
}

/** Colours count as much as is seen of them: of a nearly clear pixel the colour is hardly anything, and its numbers are rough. */
const differ = (a: number, b: number): boolean =>
  Math.abs(opacity(a) - opacity(b)) > SEEN ||
  [0, 8, 16].some((shift) => Math.abs(seen(a, shift) - seen(b, shift)) > SEEN)

const opacity = (pixel: number): number => pixel >>> 24
const seen = (pixel: number, shift: number): number => (((pixel >>> shift) & 255) * opacity(pixel)) / 255

const pixelsOf = (page: Page): Promise<number[]> =>
  page.evaluate((selector) => {
    const masks = document.querySelector<HTMLCanvasElement>(selector)
    const copy = masks && new OffscreenCanvas(masks.width, masks.height).getContext('2d')
    if (!masks || !copy) return []
    copy.drawImage(masks, 0, 0)
    return [...new Uint32Array(copy.getImageData(0, 0, masks.width, masks.height).data.buffer)]
  }, MASKS)
