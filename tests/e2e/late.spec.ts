/** Code of the page that comes after a case has opened, and cannot be fetched. */
import { expect, test } from '@playwright/test'
import { Person } from './people.ts'

const CASE = 'LN-0001'
/** Nobody else draws on it. */
const SLICE = 16
/** What paints marks, and what of the room nobody sees at first. */
const LATE = /\/assets\/(?:Core|unseen)-.*\.js$/

test('[V116] code that cannot be fetched is told, of marks at once, and comes when one tries again', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const refused: string[] = []
  await a.page.route(LATE, (route) => {
    refused.push(route.request().url())
    return route.abort()
  })
  await a.openCase(CASE)
  // It was to come by itself: from now on nobody asks but whoever wants it.
  await expect.poll(() => refused.some((url) => url.includes('unseen'))).toBe(true)
  await a.goToSlice(SLICE)
  const marks = a.page.getByRole('alert').filter({ hasText: 'What is drawn on pictures cannot be shown' })
  const unseen = a.page.getByRole('status').filter({ hasText: 'Discussion, history, forms and dialogs' })
  const canvases = a.page.locator('.cs-overlay canvas')

  await test.step('what is drawn meanwhile is saved, and that it is not seen is said', async () => {
    await a.tool('Key point')
    await a.click(await a.at(0.4, 0.4))
    await a.saved()
    await expect(marks).toBeVisible()
    await expect(canvases).toHaveCount(0)
    await a.tab('Discussion')
    await expect(unseen).toBeVisible()
  })

  await test.step('all of it comes when one tries again', async () => {
    await a.page.unroute(LATE)
    for (const missing of [marks, unseen]) {
      await missing.getByRole('button', { name: 'Try again' }).click()
      await expect(missing).toHaveCount(0)
    }
    await expect(canvases).toHaveCount(2)
    await expect(a.page.getByText('The discussion is on the way.')).toHaveCount(0)
    await a.page.keyboard.press('Control+z')
    await a.sees('annotations', 0)
    await a.saved()
  })
})
