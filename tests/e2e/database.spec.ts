/** The database goes away under two people at work, and comes back: the page tells the truth all along, and nothing is lost. */
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { stopDatabase } from './administrator.ts'
import { Person } from './people.ts'

const CASE = 'LN-0001'
const SLICE = 30

test('[W57] while the record cannot be written the page says so, keeps every change, and saves them when it can', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) {
    await person.openCase(CASE)
    await person.goToSlice(SLICE)
    await person.sees('annotations', 0)
    await hearSaveState(person.page)
  }

  const comeBack = await stopDatabase()
  try {
    await test.step('both draw; both pages say that nothing is saved, and how much waits', async () => {
      await a.tool('Box')
      await a.drag(await a.at(0.2, 0.3), await a.at(0.3, 0.4))
      await b.tool('Box')
      await b.drag(await b.at(0.6, 0.3), await b.at(0.7, 0.4))
      for (const person of [a, b])
        await expect(person.saveState).toHaveText(
          'Saving paused: the record cannot be written just now (1 change kept here)',
        )
      await a.tool('Length')
      await a.drag(await a.at(0.2, 0.6), await a.at(0.3, 0.65))
      await expect(a.saveState).toContainText('(2 changes kept here)')
      // What is not in the record is shown to nobody else.
      await a.sees('annotations', 2)
      await b.sees('annotations', 1)
      expect((await saidSince(a.page)).filter((text) => text.startsWith('Saved'))).toEqual([])
      expect((await saidSince(b.page)).filter((text) => text.startsWith('Saved'))).toEqual([])
    })
  } finally {
    comeBack()
  }

  await test.step('when it is back everything is saved, once, and everybody sees it', async () => {
    for (const person of [a, b]) {
      await person.saved()
      await person.sees('annotations', 3)
    }
    await a.page.reload()
    await a.inCase(CASE)
    await a.goToSlice(SLICE)
    await a.sees('annotations', 3)
  })
  for (const person of [a, b]) await person.leave()
})

test('[W51] a server that has lost what it had confirmed is named, and the copy of the page is kept as a file', async ({
  browser,
}) => {
  const person = await Person.arrive(browser, 'Okafor')
  await person.openCase(CASE)
  await pretendConfirmed(person.page, { seq: 100_000, hash: 'ab'.repeat(32) })
  await person.page.reload()
  const dialog = person.page.getByRole('dialog', { name: 'Not in the record' })
  await expect(dialog).toContainText('This server no longer has changes that it had confirmed as saved.')
  // Until the record is here all of the copy is listed.
  await expect(dialog).toContainText('Everything in it is in the record by now.')
  const coming = person.page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save as a file' }).click()
  const kept = JSON.parse(readFileSync(await (await coming).path(), 'utf8'))
  expect(kept.reason.code).toBe('record-cut')
  expect(kept.update.length).toBeGreaterThan(1_000)
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await dialog.getByRole('button', { name: 'Discard' }).click()
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await person.page.reload()
  await person.inCase(CASE)
  await expect(person.page.getByText('This server no longer has changes')).toHaveCount(0)
  await person.leave()
})

/** What the page would remember of a server whose database was set back since: a row it does not have. */
async function pretendConfirmed(page: Page, row: { seq: number; hash: string }): Promise<void> {
  const rows = await page.evaluate(async (seen) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('consilium'))
    const shelf = db.transaction('seen', 'readwrite').objectStore('seen')
    const keys = await done(shelf.getAllKeys())
    for (const key of keys) await done(shelf.put(seen, key))
    db.close()
    return keys.length
  }, row)
  expect(rows).toBe(1)
}

/** Writes down every save state the page shows from now on. */
async function hearSaveState(page: Page): Promise<void> {
  await page.evaluate(() => {
    const state = document.querySelector('[aria-label="Save state"]')
    const said: string[] = []
    Object.assign(window, { saidSince: said })
    if (!state) throw new Error('the page shows no save state')
    new MutationObserver(() => said.push(state.textContent ?? '')).observe(state, {
      subtree: true,
      characterData: true,
      childList: true,
    })
  })
}

const saidSince = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { saidSince: string[] }).saidSince)
