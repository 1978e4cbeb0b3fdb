/** One person, several tabs: each writes under an identity of its own, the others see one person, and undo is the tab's own. */
import { expect, test } from '@playwright/test'
import { Person } from './people.ts'

const CASE = 'LN-0001'
const SLICE = 40

test('[W61] two tabs, a duplicated tab and a page come back to never write as one another, and are one person', async ({
  browser,
}) => {
  const watcher = await Person.arrive(browser, 'Lindqvist')
  await watcher.openCase(CASE)
  const first = await Person.arrive(browser, 'Okafor')
  await first.openCase(CASE)
  const second = await first.anotherTab()
  const third =
    await test.step('the others see one person with so many windows, also when one comes while it is pointed at', async () => {
      const okafor = watcher.page.getByRole('button', { name: 'Follow Dr A. Okafor' })
      await okafor.hover()
      await expect(watcher.page.getByText('2 windows')).toBeVisible()
      const another = await first.duplicatedTab()
      await expect(watcher.page.getByText('3 windows')).toBeVisible()
      await expect(okafor).toHaveCount(1)
      return another
    })
  const tabs = [first, second, third]
  for (const [n, tab] of tabs.entries()) {
    await tab.inCase(CASE)
    await tab.goToSlice(SLICE)
    await tab.tool('Key point')
    await tab.click(await tab.at(0.3 + n * 0.1, 0.4))
    await tab.saved()
  }
  await test.step('each tab has written under its own clientID', async () => {
    for (const tab of tabs) await tab.sees('annotations', 3)
    expect(new Set(await makers(first)).size).toBe(3)
  })

  await test.step('undo takes back what was done in this tab, not in the others', async () => {
    await second.page.keyboard.press('Control+z')
    await second.saved()
    for (const tab of tabs) await tab.sees('annotations', 2)
    await expect(third.page.getByRole('button', { name: 'Undo new key point' })).toBeEnabled()
  })

  await test.step('a page that is left and come back to writes on, as nobody else', async () => {
    await third.page.goto('/account')
    await third.page.goBack()
    await third.inCase(CASE)
    await third.goToSlice(SLICE)
    await third.tool('Key point')
    await third.click(await third.at(0.7, 0.4))
    await third.saved()
    for (const tab of tabs) await tab.sees('annotations', 3)
    expect(new Set(await makers(first)).size).toBe(3)
  })
  for (const person of [watcher, first]) await person.leave()
})

/** The clientIDs that made the annotations on this slice. */
async function makers({ page }: Person): Promise<string[]> {
  const rows = page.locator('li[data-annotation]', { hasText: `Slice ${SLICE} ` })
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-annotation') ?? ''))
  return ids.map((id) => id.split('-')[0] ?? '')
}
