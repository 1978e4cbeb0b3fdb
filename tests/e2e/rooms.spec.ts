/** The rooms around the case: signing in, the worklist, bringing a study in, one's account; and that each can be used without a mouse or eyes. */
import { expect, type Page, test } from '@playwright/test'
import { madeSeries } from '../import/made.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

test('[W41] a wrong password is told without saying which part was wrong, and the fields stay', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await page.getByLabel('User name').fill('okafor')
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('Name and password do not match.')).toBeVisible()
  await expect(page.getByLabel('User name')).toHaveValue('okafor')
})

test('[W42] a folder of files becomes a case to open; each bad file says what is wrong with it', async ({
  browser,
}) => {
  const adjudicator = await Person.arrive(browser, 'Vasquez')
  const { page } = adjudicator
  await page
    .getByRole('link', { name: /^Import/ })
    .first()
    .click()
  const slices = await madeSeries({ slices: 6, variant: 41 })
  const files = slices.map(({ name, bytes }) => ({
    name,
    mimeType: 'application/dicom',
    buffer: Buffer.from(bytes),
  }))
  const cut = {
    name: 'cut.dcm',
    mimeType: 'application/dicom',
    buffer: files[0]?.buffer.subarray(0, 900) ?? Buffer.alloc(0),
  }
  const letter = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a letter') }
  await page.locator('input[type=file][aria-label="Add files"]').setInputFiles([...files, cut, letter])

  await expect(page.getByRole('region', { name: 'Series' })).toContainText('6 slices')
  const table = page.getByRole('region', { name: 'Files' })
  await expect(table.getByText('cut.dcm')).toBeVisible()
  await expect(table.getByText(/Truncated/)).toBeVisible()
  await table.getByRole('button', { name: /^Left out/ }).click()
  await expect(table.getByText('letter.pdf')).toBeVisible()
  await page.getByRole('region', { name: 'Series' }).getByRole('link', { name: /^Open/ }).first().click()
  await expect(adjudicator.stage).toHaveAttribute('data-frames-here', '6')
  await adjudicator.leave()
})

test('[W144] while the server does not answer, the list of cases stays and says of when it is', async ({
  browser,
}) => {
  const reader = await Person.arrive(browser, 'Okafor')
  const { page } = reader
  const first = page.getByRole('main').getByRole('link').first()
  await expect(first).toBeVisible()
  await page.route(/\/projects\/[^/]+\/cases$/, (route) => route.abort())
  const banner = page.getByText(/The server cannot be reached. The list is of \d\d:\d\d:\d\d./)
  await expect(banner).toBeVisible()
  await expect(first).toBeVisible()
  await page.unroute(/\/projects\/[^/]+\/cases$/)
  await expect(banner).toBeHidden()
  await reader.leave()
})

/** In the page: words that end beyond the window's edge, also where something scrolls within it. */
function beyond(): string[] {
  const { clientWidth } = document.documentElement
  return [...document.querySelectorAll('a, button, h1, h2, p, th, td, label')]
    .filter((one) => one.getBoundingClientRect().right > clientWidth + 1 && !one.closest('[role="toolbar"]'))
    .map((one) => one.textContent ?? '')
}

/** As it is, in the colours of the system without motion, and at a half and a quarter of the size, where nothing is cut or scrolled sideways. */
async function stands(page: Page, room: string): Promise<void> {
  expect(await faults(page), room).toEqual([])
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  expect(await faults(page), `${room}, in the colours of the system`).toEqual([])
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' })
  const before = page.viewportSize()
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 512 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide, `${room}, ${width} pixels wide`).toBeLessThanOrEqual(width)
    expect(await page.evaluate(beyond), `${room}, ${width} pixels wide`).toEqual([])
  }
  if (before) await page.setViewportSize(before)
}

test('[W44] [V96] [W122] no page has a fault that a machine can find for people who do not see or point', async ({
  browser,
  page,
}) => {
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await stands(page, 'sign-in')
  const person = await Person.arrive(browser, 'Vasquez')
  await stands(person.page, 'worklist')
  for (const room of ['Import', 'Quarantine', 'Members']) {
    await person.page
      .getByRole('link', { name: new RegExp(`^${room}`) })
      .first()
      .click()
    await expect(person.page.getByRole('heading', { level: 1 })).toContainText(room)
    await stands(person.page, room)
  }
  await person.page.goto('/account')
  await expect(person.page.getByRole('heading', { level: 1, name: 'Prof. H. Vasquez' })).toBeVisible()
  await stands(person.page, 'account')
  await person.page.goto('/')
  await person.openCase('LN-0001')
  await person.page
    .getByRole('button', { name: /^Polygon/ })
    .first()
    .click()
  for (const tab of ['Annotations', 'Discussion', 'History'] as const) {
    await person.tab(tab)
    if (tab === 'Annotations') await stands(person.page, `case, ${tab}`)
    else expect(await faults(person.page), `case, ${tab}`).toEqual([])
  }
  await person.page.goto(`${new URL(person.page.url()).pathname}/study`)
  await expect(person.page.getByRole('region', { name: 'What was removed' })).toBeVisible()
  await stands(person.page, 'study')
  // What scrolls in a narrow window scrolls below the header; the page itself is no longer than the window.
  await person.page.setViewportSize({ width: 640, height: 512 })
  expect(await person.page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(512)
  await person.leave()
})
