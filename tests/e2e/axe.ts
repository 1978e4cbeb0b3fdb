/** What a machine finds that keeps out people who do not see or point. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What axe finds against WCAG 2.2 A and AA, as "rule: element". In the colours of the system contrast is the system's own: axe would compute it
 * from colours of ours that are not on the screen. Nothing moves meanwhile: a hint that is just fading in would be found too faint.
 */
export async function faults(page: Page): Promise<string[]> {
  const [inSystemColours, isStill] = await page.evaluate(() =>
    ['(forced-colors: active)', '(prefers-reduced-motion: reduce)'].map((query) => matchMedia(query).matches),
  )
  if (!isStill) await page.emulateMedia({ reducedMotion: 'reduce' })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .disableRules(inSystemColours ? ['color-contrast'] : [])
    .analyze()
  if (!isStill) await page.emulateMedia({ reducedMotion: null })
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}
