/** What a machine finds that keeps out people who do not see or point. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What axe finds against WCAG 2.2 A and AA, as "rule: element". In the colours of the system contrast is the system's own: axe would compute it
 * from colours of ours that are not on the screen.
 */
export async function faults(page: Page): Promise<string[]> {
  const inSystemColours = await page.evaluate(() => matchMedia('(forced-colors: active)').matches)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .disableRules(inSystemColours ? ['color-contrast'] : [])
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}
