/** Measuring: one person draws every kind that measures, the other one reads the same figures, in the list and as values. */
import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { faults } from './axe.ts'
import { Person, type Point } from './people.ts'

const CASE = 'LN-0001'
const SLICE = 22

/** The patient point under the pointer, as the status bar tells it. */
async function placeUnder({ page }: Person, at: Point): Promise<readonly [number, number]> {
  await page.mouse.move(at.x, at.y)
  const probe = page.getByTestId('probe')
  await expect(probe).toHaveText(/^x .*\d mm$/)
  const text = ((await probe.textContent()) ?? '').replaceAll('−', '-')
  const [x = Number.NaN, y = Number.NaN] = [...text.matchAll(/-?\d+\.\d/g)].map(Number)
  return [x, y]
}

const figures = (text: string): number[] => [...text.matchAll(/\d+\.\d/g)].map(Number)

test('[V46] what one person measures another reads: diameters, angles, ellipses and the values in them', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) await person.openCase(CASE)
  for (const person of [a, b]) await person.goToSlice(SLICE)
  const before = await b.shapes()
  const [from, to] = [await a.at(0.42, 0.5), await a.at(0.54, 0.5)]
  const [x0, y0] = await placeUnder(a, from)
  const [x1, y1] = await placeUnder(a, to)
  const mmPerPixel = Math.hypot(x1 - x0, y1 - y0) / (to.x - from.x)
  /** Beside the first point, CSS pixels. */
  const aside = (dx: number, dy: number): Point => ({ x: from.x + dx, y: from.y + dy })

  await test.step('all tools are within reach at 900 px height', async () => {
    const rail = a.page.getByRole('toolbar', { name: 'Tools' })
    await a.page.setViewportSize({ width: 1440, height: 900 })
    expect(await rail.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0)
  })

  await test.step('[K22] [V34] an ellipse with Shift is a circle; its values are the same for both', async () => {
    await a.tool('Ellipse')
    const start = await a.at(0.4, 0.4)
    await a.press(start)
    await a.page.keyboard.down('Shift')
    await a.move({ x: start.x + 60, y: start.y + 24 })
    await b.sees('drafts', 1)
    // While it is drawn, beside it.
    await expect(a.stage).toHaveAttribute('data-drawn', / ± .*\u00a0HU · .* to .*\u00a0HU · .*\u00a0mm²$/)
    await a.release()
    await a.page.keyboard.up('Shift')
    await expect(a.stage).not.toHaveAttribute('data-drawn')
    await b.sees('annotations', before + 1)
    await a.saved()
    const size = a.selected.getByText(/^Long axis/)
    await expect(size).toBeVisible()
    const [long, short] = figures((await a.selected.locator('dl').first().textContent()) ?? '')
    expect(long).toBe(short)
    const values = await a.selected.getByTestId('values').textContent()
    expect(values).toMatch(/Mean.*HU.*SD \(n − 1\).*Min.*HU.*Max.*HU.*Pixels.*mm²/)
    await b.row('Ellipse', SLICE, 'Dr A. Okafor').click()
    await expect(b.selected.getByTestId('values')).toHaveText(values ?? '')
  })

  await test.step('[K23] two diameters at right angles, to the millimetre; a grip turns both, undo brings them back', async () => {
    await a.page.getByRole('button', { name: 'More tools' }).click()
    await a.page.getByRole('menuitem', { name: /^Bidirectional/ }).click()
    await a.drag(from, aside(100, 0))
    await a.drag(aside(40, -20), aside(60, 30))
    await a.saved()
    const row = b.row('Bidirectional', SLICE, 'Dr A. Okafor')
    const [long = 0, short = 0] = figures((await row.textContent()) ?? '')
    expect(Math.abs(long - 100 * mmPerPixel)).toBeLessThan(0.3)
    expect(Math.abs(short - 50 * mmPerPixel)).toBeLessThan(0.3)
    await a.tool('Select')
    await a.drag(aside(100, 0), aside(0, 120))
    await expect
      .poll(async () => figures((await row.textContent()) ?? '')[0])
      .toBeCloseTo(120 * mmPerPixel, 0)
    expect(figures((await row.textContent()) ?? '')[1]).toBe(short)
    await a.page.keyboard.press('Control+z')
    await expect.poll(async () => figures((await row.textContent()) ?? '')[0]).toBe(long)
  })

  await test.step('angles from behind the button of seldom tools, and by their key', async () => {
    await a.page.getByRole('button', { name: 'More tools' }).click()
    await a.page.getByRole('menuitem', { name: /^Angle/ }).click()
    for (const at of [aside(0, 60), aside(0, 130), aside(70, 130)]) await a.click(at)
    await expect(b.row('Angle', SLICE, 'Dr A. Okafor')).toContainText('90.0°')
    await a.page.keyboard.press('Shift+q')
    await expect(a.page.getByRole('button', { name: 'More tools: Cobb angle' })).toBeVisible()
    await a.drag(aside(-120, -60), aside(-20, -60))
    await a.drag(aside(-20, 100), aside(-120, 60))
    const cobb = b.row('Cobb angle', SLICE, 'Dr A. Okafor')
    const told = (Math.atan2(40, 100) * 180) / Math.PI
    expect(Math.abs((figures((await cobb.textContent()) ?? '')[0] ?? 0) - told)).toBeLessThan(0.5)
  })

  await test.step('[V45] the values along a length are a chart, a table and a file; nothing of it has a fault of accessibility', async () => {
    await a.tool('Length')
    await a.drag(aside(-40, 170), aside(60, 170))
    await a.saved()
    await b.row('Length', SLICE, 'Dr A. Okafor').click()
    await b.selected.getByText('Values along it').click()
    await expect(
      b.selected.getByRole('img', { name: /^Values along .* mm, from .* HU to .* HU$/ }),
    ).toBeVisible()
    const rows = await b.selected.getByRole('row').count()
    expect(rows).toBeGreaterThan(20)
    const [download] = await Promise.all([
      b.page.waitForEvent('download'),
      b.selected.getByRole('button', { name: 'As CSV' }).click(),
    ])
    const csv = await readFile(await download.path(), 'utf8')
    expect(csv).toMatch(/^distance \(mm\),value \(HU\)\r\n0,-?\d/)
    expect(csv.trim().split('\r\n')).toHaveLength(rows)
    expect(await faults(b.page)).toEqual([])
  })

  await a.leave()
  await b.leave()
})
