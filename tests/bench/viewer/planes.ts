/** A scroll step in each of three planes shown at once, by the wheel over its pane. Only the pane under the wheel has to be painted anew. */
import type { Page } from '@playwright/test'

const STEPS = 30
const PLANES = { acquired: 'axial', coronal: 'coronal', sagittal: 'sagittal' } as const

export async function scrollPlanes(
  page: Page,
  changed: (act: () => Promise<void>) => Promise<number>,
  note: (figure: string, ms: number) => void,
): Promise<void> {
  await page.keyboard.press('Alt+3')
  for (const [slicing, name] of Object.entries(PLANES)) {
    const pane = page.locator(`[data-slicing=${slicing}]`)
    const box = await pane.boundingBox()
    if (!box) throw new Error(`the ${name} pane is not on screen`)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    // The first step also makes it the pane that keys are meant for.
    await page.mouse.wheel(0, 100)
    await page.waitForFunction(
      (kind) => document.querySelector<HTMLElement>('#stage')?.dataset.slicing === kind,
      slicing,
    )
    for (let n = 0; n < STEPS; n++)
      note(
        `scroll step, three planes, ${name}, ms`,
        await changed(() => page.mouse.wheel(0, n < STEPS / 2 ? 100 : -100)),
      )
  }
}
