/** Keys and commands in the page: the sheet, changing a key, taking a keymap along, and the list that is searched. */
import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { type Account, makeAccount } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const CASE = 'LN-0001'
const KEEPER: Account = { name: 'Dr M. Keys', login: 'keys', password: 'correct horse' }
/** Set to keep pictures of what is looked at here. */
const PICTURES = process.env.KEYS_PICTURES

const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name, exact: true })

async function look(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` })
  expect.soft(await faults(page), name).toEqual([])
}

test('[V82] [V83] [V84] keys are shown, changed, kept and taken along; commands are found by their words', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const { page } = a
  const { keyboard } = page
  await a.openCase(CASE)
  const top = a.stage.locator('[data-edge=top]')
  const upright = (await top.textContent()) ?? ''

  await test.step('[V80] in Radiology r turns the picture, a tap on Space puts it back', async () => {
    await keyboard.press('r')
    await expect(top).not.toHaveText(upright)
    await keyboard.press('Space')
    await expect(top).toHaveText(upright)
  })

  await test.step('the sheet shows the keys of the profile', async () => {
    await keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
    await expect(sheet).toContainText('Profile Radiology')
    await expect(sheet.getByRole('listitem').filter({ hasText: 'Window 2: Lung' })).toHaveText(/2$/)
    await look(page, 'sheet')
    await sheet.getByRole('button', { name: 'Change keys' }).click()
  })

  const dialog = page.getByRole('dialog', { name: 'Change keys' })
  const box = dialog.locator('[data-command="tool.box"]')
  await test.step('a key that another command has is given over when that is said', async () => {
    await dialog.getByLabel('Search commands and keys').fill('tools')
    await box.getByRole('button', { name: 'Change the key of Box: B' }).click()
    await keyboard.press('g')
    await expect(box.getByRole('alert')).toContainText('G is “Polygon” now.')
    await look(page, 'conflict')
    await box.getByRole('button', { name: 'Give it to Box' }).click()
    await expect(box.getByRole('button', { name: 'Change the key of Box: G' })).toBeFocused()
    await expect(dialog.locator('[data-command="tool.polygon"]')).toContainText('none')
    await box.getByRole('button', { name: 'Change the key of Box: G' }).click()
    await keyboard.press('Escape')
    await expect(dialog, 'Esc leaves the key, not the dialog').toBeVisible()
  })

  await test.step('it goes out as a file; a damaged one comes in as nothing', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Export' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ keys: { radiology: { 'tool.box': ['g'], 'tool.polygon': [] } } })
    const bringIn = (content: string) =>
      dialog
        .getByLabel('A keymap to import')
        .setInputFiles({ name: 'keys.json', mimeType: 'application/json', buffer: Buffer.from(content) })
    await bringIn(text.slice(0, 40))
    await expect(dialog.getByText('This file is not JSON, or it is damaged.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Reset all' }).click()
    await expect(box.getByRole('button', { name: 'Change the key of Box: B' })).toBeVisible()
    await bringIn(text)
    await expect(dialog.getByText('The keys of keys.json are yours now.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('it is what the keys mean from then on, and after a reload', async () => {
    await keyboard.press('g')
    await expect(tool(page, 'Box')).toHaveAttribute('aria-pressed', 'true')
    await expect(tool(page, 'Box')).toHaveAttribute('aria-keyshortcuts', 'G')
    await page.reload()
    await a.inCase(CASE)
    await keyboard.press('g')
    await expect(tool(page, 'Box')).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('a command is found by its words, and says why it cannot be done', async () => {
    await keyboard.press('/')
    const palette = page.getByRole('dialog', { name: 'Commands' })
    const field = palette.getByRole('combobox', { name: 'Search commands' })
    await expect(field).toBeFocused()
    await field.pressSequentially('take back')
    const option = palette.getByRole('option', { name: /^Take back the last corner/ })
    await expect(option).toHaveAttribute('aria-disabled', 'true')
    await expect(option).toContainText('Only while a shape is being drawn.')
    await look(page, 'palette')
    await field.fill('change keys')
    await keyboard.press('Enter')
    await dialog.getByRole('button', { name: 'Annotator' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await keyboard.press('Control+k')
    await field.fill('slice 84')
    await keyboard.press('Enter')
    await expect(palette).toHaveCount(0)
    await expect(a.stage).toHaveAttribute('data-frame', '83')
  })

  await test.step('in Annotator d and f go through the slices, and a digit is a label', async () => {
    await keyboard.press('f')
    await expect(a.stage).toHaveAttribute('data-frame', '84')
    await keyboard.press('b')
    await keyboard.press('2')
    await expect(page.getByRole('toolbar', { name: 'Options' })).toContainText('Part-solid nodule')
  })

  await test.step('[V24] whoever runs the project lets people begin with other keys', async () => {
    await makeAccount(KEEPER, { role: 'manager' })
    const keeper = await Person.signIn(browser, KEEPER)
    await keeper.openCase(CASE)
    await keeper.page.keyboard.press('/')
    await keeper.page.getByRole('combobox', { name: 'Search commands' }).fill('change keys')
    await keeper.page.keyboard.press('Enter')
    const keys = keeper.page.getByRole('dialog', { name: 'Change keys' })
    await keys.getByRole('button', { name: 'Annotator' }).click()
    await keys.getByRole('button', { name: 'Let the project begin with these' }).click()
    await expect(keys.getByText('others begin with the project’s (Annotator)')).toBeVisible()
    await look(keeper.page, 'project')

    const newcomer = await Person.arrive(browser, 'Lindqvist')
    await newcomer.openCase(CASE)
    await newcomer.page.keyboard.press('?')
    await expect(newcomer.page.getByRole('dialog', { name: 'Shortcuts' })).toContainText('Profile Annotator')
    // All other tests begin with the usual ones.
    await keys.getByRole('button', { name: 'Begin with the usual ones' }).click()
    await expect(keys.getByText('Your own keys.', { exact: true })).toBeVisible()
    for (const one of [keeper, newcomer]) await one.leave()
  })
  await a.leave()
})
