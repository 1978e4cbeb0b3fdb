/** Every room beside the image, as somebody who may see it finds it: full, empty, and where something is wrong. */
import { type Browser, expect, test } from '@playwright/test'
import { type Account, makeAccount, makeProject } from '../e2e/administrator.ts'
import { Person } from '../e2e/people.ts'
import { importFiles } from '../import/door.ts'
import { madeSeries } from '../import/made.ts'
import { madeUltrasound } from '../import/ultrasound.ts'
import { Client } from '../support/server.ts'
import { picture } from './picture.ts'

const CASE = 'LN-0001'
const ADMIN: Account = { name: 'Mara Steen', login: 'steen', password: 'a long password' }
const URL = process.env.CONSILIUM_E2E_URL ?? ''

const adjudicator = (browser: Browser) => Person.arrive(browser, 'Vasquez')

/** The demo's project, by its address. */
async function project({ page }: Person): Promise<string> {
  await expect(page).toHaveURL(/\/projects\//)
  return new globalThis.URL(page.url()).pathname
}

test('signing in', async ({ page }) => {
  await page.goto('/sign-in')
  await picture(page, 'sign-in')
  await page.getByLabel('User name').fill('okafor')
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('Name and password do not match.')).toBeVisible()
  await picture(page, 'sign-in-refused')
  await page.goto('/first-admin')
  await picture(page, 'first-admin')
})

test('worklist', async ({ browser }) => {
  const reader = await Person.arrive(browser, 'Okafor')
  await reader.openCase(CASE)
  const { page } = await adjudicator(browser)
  await expect(page.getByText(CASE, { exact: true }).first()).toBeVisible()
  await picture(page, 'worklist')
  await page.route(/\/projects\/[^/]+\/cases$/, (route) => route.abort())
  await expect(page.getByText(/The server cannot be reached/)).toBeVisible()
  await picture(page, 'worklist-unreachable')
  await page.unroute(/\/projects\/[^/]+\/cases$/)
  const empty = await makeProject('Without cases', 'EMP', [['Prof. H. Vasquez', 'manager']])
  await page.goto(`/projects/${empty}`)
  await picture(page, 'worklist-empty')
})

test('case', async ({ browser }) => {
  const person = await adjudicator(browser)
  const { page } = person
  await person.openCase(CASE)
  await person.row('Polygon', 52, 'Dr A. Okafor').click()
  await picture(page, 'case-annotations')
  await person.tab('Discussion')
  await page
    .getByRole('button', { name: /^Dispute: / })
    .first()
    .click()
  await picture(page, 'case-discussion')
  await person.tab('History')
  await picture(page, 'case-history')
  await page
    .getByRole('tabpanel', { name: /^History/ })
    .getByRole('button', { name: /polygon/i })
    .last()
    .click()
  await expect(page.getByText('Nothing you do here changes the case.')).toBeVisible()
  await picture(page, 'case-as-it-was')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await picture(page, 'case-keys')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await picture(page, 'case-commands')
})

test('offline, and watching', async ({ browser }) => {
  const reader = await Person.arrive(browser, 'Lindqvist')
  await reader.openCase(CASE)
  await reader.goOffline()
  await picture(reader.page, 'case-offline')
  const observer = await Person.arrive(browser, 'Observer')
  await observer.openCase(CASE)
  await picture(observer.page, 'case-observer')
})

test('import', async ({ browser }) => {
  const person = await adjudicator(browser)
  const { page } = person
  await page.goto(`${await project(person)}/import`)
  await picture(page, 'import-empty')
  const slices = await madeSeries({ slices: 12, variant: 91 })
  const ultrasound = await madeUltrasound({ variant: 91, frames: 3 })
  const sent = [...slices, slices[0], ultrasound].map((file, n) => ({
    name: n === slices.length ? 'again.dcm' : (file?.name ?? ''),
    mimeType: 'application/dicom',
    buffer: Buffer.from(file?.bytes ?? []),
  }))
  const cut = {
    name: 'cut.dcm',
    mimeType: 'application/dicom',
    buffer: Buffer.from(slices[1]?.bytes.subarray(0, 900) ?? []),
  }
  const letter = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a letter') }
  await page.locator('input[type=file][aria-label="Add files"]').setInputFiles([...sent, cut, letter])
  await expect(page.getByRole('region', { name: 'Series' })).toContainText('12 slices')
  await picture(page, 'import-done')
  await page.getByRole('region', { name: 'Series' }).getByRole('link', { name: /^Open/ }).first().click()
  await expect(person.stage).toHaveAttribute('data-frames-here', '12')
  await page.goto(`${new globalThis.URL(page.url()).pathname}/study`)
  await expect(page.getByRole('region', { name: 'What was removed' })).toBeVisible()
  await picture(page, 'study')
})

test('quarantine', async ({ browser }) => {
  const id = await makeProject('Ultrasound', 'USP', [['Prof. H. Vasquez', 'manager']])
  const { page } = await adjudicator(browser)
  await page.goto(`/projects/${id}/quarantine`)
  await picture(page, 'quarantine-empty')
  const client = new Client(URL)
  await client.signIn('vasquez')
  await importFiles(client, [await madeUltrasound({ variant: 92, frames: 5 })], id)
  await page.reload()
  await expect(page.getByRole('list', { name: 'What waits' }).getByRole('listitem')).toHaveCount(1)
  await picture(page, 'quarantine')
  await page.getByRole('link', { name: /^Look at/ }).click()
  await expect(page.getByRole('img', { name: /^Frame 1/ })).toBeVisible()
  await picture(page, 'clearing')
})

test('members, hanging, account, nothing here', async ({ browser }) => {
  const person = await adjudicator(browser)
  const { page } = person
  const here = await project(person)
  for (const room of ['members', 'hanging']) {
    await page.goto(`${here}/${room}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await picture(page, room)
  }
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await picture(page, 'account')
  await page.goto('/nowhere')
  await picture(page, 'nothing-here')
  await page.goto('/cases/0199f0b8-0000-7000-8000-000000000000')
  await picture(page, 'no-such-case')
})

test('people and the audit log', async ({ browser }) => {
  await makeAccount(ADMIN, { admin: true })
  const { page } = await Person.signIn(browser, ADMIN)
  await page.goto('/people')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await picture(page, 'people')
  await page.goto('/audit')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await picture(page, 'audit')
})
