/** Bringing studies in: what becomes of each file, what a broken connection and a reload cost, cancelling, and the page of a study. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { zipBytes } from '../../apps/collab-server/src/testing/zip.ts'
import type { BatchAnswer } from '../../packages/contract/src/batches.ts'
import { PART_BYTES } from '../../packages/contract/src/travel.ts'
import { largePicture } from '../import/largePicture.ts'
import { madeSeries } from '../import/made.ts'
import { madeUltrasound } from '../import/ultrasound.ts'
import { temporaryFolder } from '../support/server.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const folder = temporaryFolder('consilium-import')
test.afterAll(() => folder.remove())

/** Writes a folder as people have one, and tells where. */
function folderOf(name: string, files: readonly { name: string; bytes: Uint8Array }[]): string {
  for (const file of files) {
    const path = join(folder.path, name, file.name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, file.bytes)
  }
  return join(folder.path, name)
}

const slicesOf = async (variant: number, slices: number) =>
  (await madeSeries({ variant, slices })).map(({ bytes }, at) => ({ name: `ct/IM${at}.dcm`, bytes }))

async function importPage(browser: Browser): Promise<{ person: Person; page: Page }> {
  const person = await Person.arrive(browser, 'Vasquez')
  const { page } = person
  // A page that is busy asks before it is left.
  page.on('dialog', (dialog) => void dialog.accept())
  await page
    .getByRole('link', { name: /^Import/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Import studies' })).toBeVisible()
  return { person, page }
}

const choose = (page: Page, path: string) =>
  page.locator('input[type=file][aria-label="Add a folder"]').setInputFiles(path)

/** Counts what is sent, from now on. */
function counting(page: Page): { readonly files: string[]; readonly parts: number[] } {
  const sent = { files: [] as string[], parts: [] as number[] }
  page.on('request', (request) => {
    const headers = request.headers()
    if (/\/imports\/[^/]+\/parts\//.test(request.url())) sent.parts.push(Number(headers['upload-offset']))
  })
  page.on('response', async (response) => {
    if (!BATCHES.test(response.url()) || !response.ok()) return
    for (const { name } of (await response.json()) as BatchAnswer) sent.files.push(name)
  })
  return sent
}

const BATCHES = /\/imports\/[^/]+\/batches$/

/** What the page asks for first, and sends in its first batch. */
const FIRST = 20

/** The connection breaks after the first batch. */
async function breakAfterFirst(page: Page): Promise<void> {
  let passed = 0
  await page.route(BATCHES, (route) => (passed++ < 1 ? route.continue() : route.abort()))
}

const filter = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Which files' }).getByRole('button', { name: new RegExp(`^${name}`) })
const done = (page: Page): Promise<void> =>
  expect(page.getByRole('region', { name: 'Progress' })).toContainText(/Done/)

test('[W116] a folder of good, bad, duplicate, foreign and suspicious files shows what became of each', async ({
  browser,
}) => {
  const { person, page } = await importPage(browser)
  await expect(page.getByText('What is kept, and what is left out')).toBeVisible()
  expect(await faults(page), 'before').toEqual([])
  const slices = await slicesOf(201, 6)
  const inside = await slicesOf(202, 3)
  const letter = { name: 'letter.pdf', bytes: Buffer.from('%PDF-1.7 a letter') }
  const cut = { name: 'cut.dcm', bytes: slices[2]!.bytes.subarray(0, 900) }
  const path = folderOf('mixed', [
    ...slices,
    { name: 'copies/IM0.dcm', bytes: slices[0]!.bytes },
    { name: 'broken/cut.dcm', bytes: cut.bytes },
    { name: 'papers/letter.pdf', bytes: letter.bytes },
    { name: 'us/film.dcm', bytes: (await madeUltrasound({ variant: 201 })).bytes },
    { name: 'disc.zip', bytes: zipBytes([...inside, letter]) },
    { name: '.DS_Store', bytes: Buffer.from('nobody means this') },
  ])
  await choose(page, path)
  await done(page)

  const table = page.getByRole('table', { name: 'Files' })
  // What needs a look is shown at first, each with its sentence.
  await expect(table.getByText('broken/cut.dcm')).toBeVisible()
  await expect(table.getByText(/Truncated/)).toBeVisible()
  await expect(table.getByText('us/film.dcm')).toBeVisible()
  await expect(table.getByText('papers/letter.pdf')).toBeHidden()
  await expect(page.getByText('1 hidden file not taken')).toBeVisible()
  for (const [name, count] of [
    ['Stored', 9],
    ['Already here', 1],
    ['Held', 1],
    ['Left out', 2],
    ['Refused', 1],
  ] as const)
    await expect(filter(page, name)).toHaveText(new RegExp(`${count}$`))
  await filter(page, 'Left out').click()
  await expect(table.getByText('papers/letter.pdf')).toBeVisible()
  await expect(table.getByText('disc.zip › letter.pdf')).toBeVisible()
  await filter(page, 'All').click()
  await table.getByRole('button', { name: /^What is in .*disc\.zip/ }).click()
  await expect(table.getByText('ct/IM2.dcm')).toHaveCount(2)
  expect(await faults(page), 'after').toEqual([])

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /Save this list/ }).click()
  expect((await saved).suggestedFilename()).toBe('import.csv')

  await expect(page.getByText(/held until a person has looked/)).toBeVisible()
  await page.getByRole('link', { name: 'Look at them' }).click()
  await expect(page).toHaveURL(/\/quarantine$/)
  await person.leave()
})

test('[W112] a reload in the midst costs nothing that has arrived: the same folder goes on with what is missing', async ({
  browser,
}) => {
  const { person, page } = await importPage(browser)
  const path = folderOf('interrupted', await slicesOf(203, FIRST + 7))
  await breakAfterFirst(page)
  await choose(page, path)
  await expect(page.getByText(/The server does not answer/)).toBeVisible()
  await expect(filter(page, 'Stored')).toHaveText(new RegExp(`${FIRST}$`))
  await page.unroute(BATCHES)
  await page.route(/\/imports\//, (route) => route.abort())
  await page.reload()
  await page.unroute(/\/imports\//)
  await page.reload()
  const notice = page.getByText('An import was interrupted: choose the same folder again')
  await expect(notice).toBeVisible()
  await expect(notice).toContainText(`${FIRST} files are here`)
  expect(await faults(page), 'interrupted').toEqual([])
  const sent = counting(page)
  await choose(page, path)
  await done(page)
  await expect.poll(() => sent.files.length).toBe(7)
  await expect(filter(page, 'Stored')).toHaveText(new RegExp(`${FIRST + 7}$`))
  await expect(page.getByRole('region', { name: 'Series' })).toContainText(`${FIRST + 7} slices`)
  await person.leave()
})

test('[W111] a connection that breaks costs one part of a large file, and nobody has to do anything', async ({
  browser,
}) => {
  const { person, page } = await importPage(browser)
  const path = folderOf('large', [await largePicture(206)])
  let parts = 0
  await page.route(/\/parts\//, (route) => (++parts === 2 ? route.abort() : route.continue()))
  const sent = counting(page)
  await choose(page, path)
  await done(page)
  expect(sent.parts).toEqual([0, PART_BYTES, PART_BYTES, 2 * PART_BYTES])
  expect(sent.files).toEqual([])
  await expect(filter(page, 'Stored')).toHaveText(/1$/)
  await person.leave()
})

test('[W113] cancelled after a question, an import leaves nothing and says so', async ({ browser }) => {
  const { person, page } = await importPage(browser)
  const path = folderOf('cancelled', await slicesOf(204, FIRST + 4))
  await breakAfterFirst(page)
  await choose(page, path)
  await expect(filter(page, 'Stored')).toHaveText(new RegExp(`${FIRST}$`))
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Cancel this import?' })
  await expect(question).toContainText(`${FIRST} files that came will be deleted`)
  expect(await faults(page), 'question').toEqual([])
  await question.getByRole('button', { name: 'Cancel and delete' }).click()
  await expect(page.getByText(`${FIRST} files that had come were deleted; no case was made`)).toBeVisible()
  await page.unroute(BATCHES)
  await page.reload()
  await expect(page.getByText('What is kept, and what is left out')).toBeVisible()
  await expect(page.getByText(/An import was interrupted/)).toBeHidden()
  // The server has none of them: all are sent again.
  const sent = counting(page)
  await choose(page, path)
  await done(page)
  await expect.poll(() => sent.files.length).toBe(FIRST + 4)
  await person.leave()
})

test('[W116] [W143] a folder of thousands of files is listed, of which only some are drawn, and stays where one has scrolled', async ({
  browser,
}) => {
  const { person, page } = await importPage(browser)
  await page.route(/\/projects\/[^/]+\/imports$/, (route) => route.abort())
  await page.evaluate(() => {
    const dropped = new DataTransfer()
    for (let at = 0; at < 5_000; at++) dropped.items.add(new File([`${at}`], `IM${at}.dcm`))
    for (const name of ['dragenter', 'dragover', 'drop'])
      window.dispatchEvent(new DragEvent(name, { dataTransfer: dropped, bubbles: true, cancelable: true }))
  })
  const table = page.getByRole('table', { name: 'Files' })
  await expect(table).toHaveAttribute('aria-rowcount', '5001')
  await expect(table.getByText('IM0.dcm', { exact: true })).toBeVisible()
  await page.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
  await expect(table.getByText('IM4999.dcm', { exact: true })).toBeVisible()
  await expect(table.getByText('IM0.dcm', { exact: true })).toHaveCount(0)
  expect(await table.locator('tr').count()).toBeLessThan(500)
  // The menu at the left counts the cases, and asks for them every few seconds.
  for (const _ of ['once', 'twice']) await page.waitForResponse(/\/projects\/[^/]+\/cases$/)
  await expect(table.getByText('IM4999.dcm', { exact: true })).toBeInViewport()
  await person.leave()
})

test('[W115] the page of a study tells its geometry, and what was removed', async ({ browser }) => {
  const { person, page } = await importPage(browser)
  await choose(page, folderOf('study', await slicesOf(205, 7)))
  await done(page)
  await page.getByRole('region', { name: 'Series' }).getByRole('link', { name: 'Study' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Study of LN-/ })).toBeVisible()
  const facts = page.getByRole('region', { name: /^Series CT/ })
  for (const text of ['32 × 24', '0.5 × 0.75', '2.5', 'Coronal', 'HU'])
    await expect(facts).toContainText(text)
  const removed = page.getByRole('complementary', { name: 'What was removed' })
  await expect(removed.getByRole('region', { name: 'Removed: the patient' })).toContainText('Patient name')
  await expect(removed.getByRole('region', { name: 'Removed: private attributes' })).toBeVisible()
  expect(await faults(page), 'study').toEqual([])
  await removed.getByLabel('Search the attributes').fill('accession')
  await expect(removed.getByRole('listitem')).toHaveText([/Accession number.*removed/])
  await page.getByRole('link', { name: 'Open the case' }).click()
  await expect(person.stage).toHaveAttribute('data-frames-here', '7')
  await page.getByRole('link', { name: 'Study' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Study of LN-/ })).toBeVisible()
  await person.leave()
})
