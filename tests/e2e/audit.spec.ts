/** What an auditor finds; who is forgotten; which words are taken out. People and words of its own: the case is as it was for whoever comes next. */
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { type Account, makeAccount } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const CASE = 'LN-0001'
/** Nothing of the demo's own lies there, and nobody else's. */
const SLICE = 114
const READER: Account = { name: 'Dr T. Marlow', login: 'marlow', password: 'a lamp on paper' }
const KEEPER: Account = { name: 'E. Keeper', login: 'keeper', password: 'keys of the house' }
const WORDS = 'Compare with the scan of Ada Quill.'
const REASON = 'The name of a patient'

test('[W82] [W84] [W85] [W86] an auditor finds who opened the case; words are taken out; a person is forgotten', async ({
  browser,
}) => {
  await makeAccount(READER, { role: 'reader' })
  await makeAccount(KEEPER, { admin: true })
  const reader = await Person.signIn(browser, READER)
  const auditor = await Person.arrive(browser, 'Vasquez')
  for (const person of [reader, auditor]) await person.openCase(CASE)

  await test.step('the reader writes a name that does not belong there', async () => {
    await reader.goToSlice(SLICE)
    await reader.page.keyboard.press('m')
    await reader.click(await reader.at(0.4, 0.4))
    await reader.page.getByRole('textbox', { name: 'Comment' }).fill(WORDS)
    await reader.page.keyboard.press('Control+Enter')
    await reader.saved()
    await expect.poll(() => isKept(reader.page, 'Ada Quill')).toBe(true)
  })

  const onlooker = await reader.anotherTab()
  await test.step('somebody looks at the moment at which they were written', async () => {
    await onlooker.inCase(CASE)
    await onlooker.page.goto(`${onlooker.page.url()}?at=${await newestIn(onlooker.page)}`)
    await onlooker.tab('Discussion')
    await expect(onlooker.page.getByText('Ada Quill').first()).toBeVisible()
    await expect(onlooker.page.getByText('Read only')).toBeVisible()
  })

  await test.step('[W85] the adjudicator takes the words out, and both see who did, when and why in their place', async () => {
    await auditor.tab('Discussion')
    const thread = auditor.page.getByRole('button', { name: new RegExp(`Slice ${SLICE} .*Ada Quill`) })
    await thread.click()
    await auditor.page
      .getByRole('button', { name: `What can be done with the comment of ${READER.name}` })
      .click()
    await auditor.page.getByRole('menuitem', { name: 'Take the words out…' }).click()
    const dialog = auditor.page.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: 'Take the words out' })).toBeDisabled()
    await dialog.getByLabel('Why').fill(REASON)
    await dialog.getByRole('button', { name: 'Take the words out' }).click()
    for (const { page } of [auditor, reader]) {
      await expect(page.getByText(/Words taken out by Prof\. H\. Vasquez, \d+\s\w+\s\d{4}/)).toBeVisible()
      await expect(page.getByText(REASON).first()).toBeVisible()
      await expect(page.getByText('Ada Quill')).toHaveCount(0)
    }
    // The words may be gone from the page before the answer that closes the dialog.
    await expect(dialog).toBeHidden()
    await expect(auditor.page.locator('#app')).not.toHaveAttribute('aria-hidden')
    expect(await faults(auditor.page), 'discussion').toEqual([])
  })

  await test.step('[W85] they go from the moment that is looked at, too, and it is still that moment', async () => {
    await expect(onlooker.page.getByText('Ada Quill')).toHaveCount(0)
    await expect(onlooker.page.getByText('Words taken out').first()).toBeVisible()
    await expect(onlooker.page.getByText('Read only')).toBeVisible()
    await onlooker.page.close()
  })

  await test.step('[W85] words of the reasoning for an annotation are taken out where they stand', async () => {
    await auditor.tab('Annotations')
    await auditor.page.locator('[data-annotation] button[aria-pressed]').first().click()
    const reasoning = auditor.page.getByRole('textbox', { name: 'Reasoning' })
    await reasoning.fill('As in Ada Quill')
    await reasoning.blur()
    await auditor.saved()
    await auditor.page.getByRole('button', { name: 'What can be done with the reasoning' }).click()
    await auditor.page.getByRole('menuitem', { name: 'Take the words out…' }).click()
    const dialog = auditor.page.getByRole('dialog')
    await dialog.getByLabel('Why').fill(REASON)
    await dialog.getByRole('button', { name: 'Take the words out' }).click()
    await expect(dialog).toBeHidden()
    await expect(reasoning).toHaveValue('')
  })

  await test.step('[W85] whoever comes later sees the same, and the history says it', async () => {
    await reader.page.reload()
    await reader.inCase(CASE)
    await reader.tab('Discussion')
    await reader.page.getByRole('button', { name: new RegExp(`^Thread: Slice ${SLICE} `) }).click()
    await expect(reader.page.getByText('Words taken out by Prof. H. Vasquez')).toBeVisible()
    await reader.tab('History')
    await expect(reader.page.getByText('Took words out of a comment')).toBeVisible()
    await expect(reader.page.getByText('Took words out of an annotation')).toBeVisible()
    await expect(reader.page.getByText('Ada Quill')).toHaveCount(0)
    for (const { page } of [reader, auditor])
      await expect.poll(() => isKept(page, 'Ada Quill'), { message: '[W86] in the browser too' }).toBe(false)
  })

  await test.step('[W82] by act and person the auditor finds when the reader opened the case, in an address to send', async () => {
    const { page } = auditor
    await page.goto('/')
    await page.getByRole('link', { name: 'Audit', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
    await choose(page, 'Act', 'Opened the case')
    await choose(page, 'Person', READER.name)
    await expect(page).toHaveURL(/act=opened-case/)
    await expect(opened(page)).toBeVisible()
    await expect(opened(page).locator('time')).toHaveText(/^\d\d:\d\d:\d\d$/)
    await expect(entries(page).filter({ hasNotText: READER.name })).toHaveCount(0)
    expect(await faults(page), 'audit').toEqual([])

    await page.goto(page.url())
    await expect(opened(page)).toBeVisible()
    await expect(page.getByText(/^\d+ of \d+\sentries shown, verified$/)).toBeVisible()
  })

  await test.step('[W82] the row opens by the keyboard, and the file has the same entry', async () => {
    const { page } = auditor
    const more = opened(page).getByRole('button', { name: /^All of entry/ })
    await more.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Time in UTC')).toBeVisible()
    const time = await opened(page).locator('time').getAttribute('datetime')
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Export as CSV' }).click()
    const csv = readFileSync(await (await downloading).path(), 'utf8').split('\r\n')
    expect(csv[0]).toContain('time,act,person')
    expect(csv.filter((line) => line.includes(`${time},opened-case,${READER.name},`))).toHaveLength(1)
    expect(csv.slice(1).filter((line) => line !== '' && !line.includes(READER.name))).toEqual([])
  })

  await test.step('[W148] on a narrow screen every word of a row is in sight, and none lies over another', async () => {
    const { page } = auditor
    const size = page.viewportSize() ?? { width: 0, height: 0 }
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(opened(page)).toContainText(READER.name)
    expect(await wordsIn(opened(page))).toEqual({ outside: [], over: [] })
    await page.setViewportSize(size)
  })

  await test.step('[W84] an administrator forgets the reader, after typing who is meant', async () => {
    const keeper = await Person.signIn(browser, KEEPER)
    const { page } = keeper
    await page.getByRole('link', { name: 'People', exact: true }).click()
    await page.getByRole('button', { name: `Forget ${READER.name}` }).click()
    const dialog = page.getByRole('dialog')
    expect(await faults(page), 'forgetting').toEqual([])
    await dialog.getByLabel(/^Type the user name/).fill('marlo')
    await expect(dialog.getByRole('button', { name: 'Forget this person' })).toBeDisabled()
    await dialog.getByLabel(/^Type the user name/).fill(READER.login)
    await dialog.getByRole('button', { name: 'Forget this person' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByText('Forgotten.')).toBeVisible()
    await expect(page.getByText('Marlow')).toHaveCount(0)
    expect(await faults(page), 'people').toEqual([])

    await page.getByRole('link', { name: 'Audit of all', exact: true }).click()
    await choose(page, 'Act', 'Forgot a person')
    await expect(entries(page).first()).toContainText(/Erased person \d+/)
    await keeper.leave()
  })

  await test.step('[W84] in the case and in the log the reader is a number from now on', async () => {
    await expect(reader.stage).toHaveCount(0)
    await auditor.page.goto('/')
    await auditor.openCase(CASE)
    await auditor.tab('Discussion')
    await auditor.page.getByRole('button', { name: new RegExp(`^Thread: Slice ${SLICE} `) }).click()
    await expect(auditor.page.getByText(/^Erased person \d+$/).first()).toBeVisible()
    await auditor.tab('History')
    await expect(auditor.page.getByText('Took words out of a comment')).toBeVisible()
    await expect(auditor.page.getByText('Marlow')).toHaveCount(0)
  })
  for (const person of [reader, auditor]) await person.leave()
})

test('[W83] a log that does not verify is said before anything it tells, with what to do', async ({
  browser,
}) => {
  const { page, leave } = await broken(browser)
  await page.getByRole('link', { name: 'Audit', exact: true }).click()
  const alarm = page.getByRole('alert')
  await expect(alarm).toContainText('This log was changed after it was written. Do not rely on it.')
  await expect(alarm).toContainText('consilium verify')
  await expect(page.getByText('verified')).toHaveCount(0)
  expect(await faults(page), 'broken log').toEqual([])
  await leave()
})

/** An auditor whose server says that what it shows does not hold. */
async function broken(
  browser: Parameters<typeof Person.arrive>[0],
): Promise<{ page: Page; leave: () => Promise<void> }> {
  const auditor = await Person.arrive(browser, 'Vasquez')
  await auditor.page.route('**/audit?**', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), intact: false } })
  })
  return { page: auditor.page, leave: () => auditor.leave() }
}

/** Whether the words stand in the copy that this browser keeps of its documents. */
const isKept = (page: Page, words: string): Promise<boolean> =>
  page.evaluate(async (sought) => {
    const asked = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await asked(indexedDB.open('consilium'))
    const rows: { bytes: Uint8Array }[] = await asked(
      db.transaction('updates').objectStore('updates').getAll(),
    )
    db.close()
    return rows.some(({ bytes }) => new TextDecoder('latin1').decode(bytes).includes(sought))
  }, words)

/** Number of the newest revision of the case that is open. */
async function newestIn(page: Page): Promise<number> {
  const [, id] = /\/cases\/([a-z0-9]+)/.exec(page.url()) ?? []
  return (await (await page.request.get(`/api/documents/panel:${id}/revisions?limit=1`)).json()).head
}

const entries = (page: Page): Locator => page.locator('tr[data-entry]')

/** The oldest shown: coming back is noted too. */
const opened = (page: Page): Locator =>
  entries(page).filter({ hasText: READER.name }).filter({ hasText: CASE }).last()

async function choose(page: Page, what: 'Act' | 'Person', option: string): Promise<void> {
  await page
    .getByRole('search')
    .getByRole('button', { name: new RegExp(`^${what}`) })
    .click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Words of a row that leave its table, and pairs of cells of which one lies over the other. */
function wordsIn(row: Locator): Promise<{ readonly outside: string[]; readonly over: string[] }> {
  return row.evaluate((element) => {
    const shown = [...element.querySelectorAll('td')].filter((cell) => cell.getClientRects().length > 0)
    const words = shown.map((cell) => {
      const range = document.createRange()
      range.selectNodeContents(cell)
      return { text: cell.innerText, box: range.getBoundingClientRect() }
    })
    const said = words.filter(({ text }) => text !== '')
    return {
      outside: words.filter(({ box }) => box.right > innerWidth).map(({ text }) => text),
      over: said.slice(1).flatMap(({ text, box }, n) => ((said[n]?.box.right ?? 0) > box.left ? [text] : [])),
    }
  })
}
