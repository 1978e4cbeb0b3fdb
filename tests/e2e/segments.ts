/** Segments as people see and use them: the list, making and choosing one, and how many voxels each page counts in it. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { Person, Point } from './people.ts'

export const segments = (page: Page): Locator => page.getByRole('region', { name: 'Segments' })

export const rowOf = (page: Page, name: string): Locator =>
  segments(page)
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }) })

export const voxels = async (page: Page, name: string): Promise<number> =>
  Number(await rowOf(page, name).getAttribute('data-voxels'))

export async function makeSegment({ page }: Person, name: string): Promise<void> {
  await segments(page).getByRole('button', { name: 'New segment' }).click()
  await page.getByLabel('Name of the segment').fill(name)
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect(rowOf(page, name)).toBeVisible()
}

export async function choose({ page }: Person, name: string): Promise<void> {
  const choice = rowOf(page, name).getByRole('button', { name }).first()
  if ((await choice.getAttribute('aria-pressed')) !== 'true') await choice.click()
}

export async function setNumber({ page }: Person, label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value))
  await page.keyboard.press('Enter')
}

/** Steps from the slice in view, by the keyboard. */
export async function steps({ page, stage }: Person, by: number): Promise<void> {
  const frame = Number(await stage.getAttribute('data-frame')) + by
  await stage.locator('.cs-picture').focus()
  for (let n = Math.abs(by); n > 0; n--) await page.keyboard.press(by > 0 ? 'ArrowDown' : 'ArrowUp')
  await expect(stage).toHaveAttribute('data-frame', String(frame))
}

export async function operate({ page }: Person, name: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Operation on the segment' })
  await form.getByRole('button', { name: /Operation/ }).click()
  await page.getByRole('option', { name, exact: true }).click()
  await form.getByRole('button', { name: 'Apply' }).click()
}

export async function pointAt({ page }: Person, at: Point): Promise<void> {
  await page.mouse.move(at.x - 3, at.y)
  await page.mouse.move(at.x, at.y)
}

/** All pages count the same; how many that is. */
export async function agree(people: readonly Person[], segment: string): Promise<number> {
  const counts = () => Promise.all(people.map(({ page }) => voxels(page, segment)))
  await expect.poll(async () => new Set(await counts()).size).toBe(1)
  return (await counts())[0] ?? 0
}

/** All pages count the same, another number than before; how many that is. */
export async function changed(people: readonly Person[], segment: string, before: number): Promise<number> {
  const [first] = people
  if (first) await expect.poll(() => voxels(first.page, segment)).not.toBe(before)
  for (const person of people) await person.saved()
  return agree(people, segment)
}
