/** A picture of a page at both sizes that the design was drawn for. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const
const OUT = join(import.meta.dirname, '../../pictures')

/** `before` runs at each size, before it is taken. */
export async function picture(page: Page, name: string, before?: () => Promise<void>): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    await before?.()
    // What was gone to by keys is framed.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    // Thumbnails, fonts and the picture in its new size.
    await page.waitForTimeout(1_500)
    await page.screenshot({ path: join(OUT, `${name}-${size.width}x${size.height}.png`) })
  }
  await page.setViewportSize(SIZES[0])
}
