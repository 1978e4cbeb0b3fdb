/** Everything by keys: a case is annotated and a segment painted by somebody who has no pointer; and what is large, dark or still stays whole. */

import { kindOf } from '@consilium/crdt-schema/kinds'
import { MARKS } from '@consilium/viewer/marks'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { madeSeries } from '../import/made.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const KEEPER: Account = { name: 'Dr K. Keys', login: 'k-keys', password: 'a long password' }
const READER: Account = { name: 'Dr R. Arrows', login: 'r-arrows', password: 'a long password' }
const SLICES = 12
/** Of a page of 1280 pixels that is enlarged to twice its size. */
const HALF = { width: 640, height: 400 } as const
/** The same of four times its size. */
const QUARTER = { width: 320, height: 512 } as const
/** Of the tab order of any page. */
const MOST_TABS = 90

let address = ''
let key = ''
test.beforeAll(async () => {
  for (const account of [KEEPER, READER]) await makeAccount(account)
  const project = await makeProject('Case by keys', 'KEY', [
    [KEEPER.name, 'manager'],
    [READER.name, 'reader'],
  ])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(KEEPER.login, KEEPER.password)
  const [made] = (await importFiles(client, await madeSeries({ slices: SLICES, variant: 118 }), project))
    .series
  address = `/cases/${made?.case}`
  const [kase] = await client.get<{ key: string }[]>(`/projects/${project}/cases`)
  key = kase?.key ?? ''
})

/** Goes on by Tab until this has the focus, which is seen. */
async function tabTo(page: Page, wanted: Locator, back = false): Promise<void> {
  await wanted.first().waitFor()
  for (let n = 0; n < MOST_TABS; n++) {
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`not reached by Tab: ${wanted}`)
}

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const one of keys) await page.keyboard.press(one)
}

const twin = (page: Page): Locator => page.getByTestId('twin')
const voxels = (page: Page): Promise<number> =>
  page.locator('[data-voxels]').first().getAttribute('data-voxels').then(Number)

/** From corner to corner of a shape, voxels to the right and down. */
const CORNERS = [
  [6, 2],
  [1, 5],
  [-6, 1],
  [-2, -4],
] as const

async function go(page: Page, [right, down]: readonly [number, number]): Promise<void> {
  for (let n = Math.abs(right); n > 0; n--) await press(page, right > 0 ? 'ArrowRight' : 'ArrowLeft')
  for (let n = Math.abs(down); n > 0; n--) await press(page, down > 0 ? 'ArrowDown' : 'ArrowUp')
}

/** By its name, whatever its key is. */
async function take(page: Page, tool: string): Promise<void> {
  await press(page, '/')
  await expect(page.getByRole('combobox', { name: 'Search commands' })).toBeFocused()
  await page.keyboard.type(tool)
  await press(page, 'Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByTestId('stage').getByRole('application')).toBeFocused()
}

/** True once there is one more shape on the slice. */
async function made(page: Page, before: number): Promise<boolean> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return Number(await page.getByTestId('stage').getAttribute('data-annotations')) > before
}

/** By clicks, finished by two at one place; or, where those make nothing, holding on. */
async function makeShape(page: Page, before: number): Promise<void> {
  // From the middle of the picture.
  await press(page, 'j', 'j', 'Enter')
  for (const corner of CORNERS) {
    if (await made(page, before)) return
    await go(page, corner)
    await press(page, 'Enter')
  }
  await press(page, 'Enter')
  if (await made(page, before)) return
  await holdAround(page)
}

async function holdAround(page: Page): Promise<void> {
  await press(page, 'Space')
  for (const corner of CORNERS) await go(page, corner)
  await press(page, 'Space')
}

test('[V91] [V92] [W119] [W120] [W121] a whole case is annotated with the keyboard alone, from signing in to the comment', async ({
  page,
}) => {
  await page.goto('/sign-in')
  await expect(page.getByLabel('User name')).toBeFocused()
  await page.keyboard.type(READER.login)
  await tabTo(page, page.getByRole('textbox', { name: 'Password' }))
  await page.keyboard.type(READER.password)
  await press(page, 'Enter')
  await tabTo(
    page,
    page.getByRole('row', { name: new RegExp(key) }).or(page.getByRole('button', { name: new RegExp(key) })),
  )
  await press(page, 'Enter')
  const stage = page.getByTestId('stage')
  await expect(stage).toHaveAttribute('data-frames-here', String(SLICES))
  await press(page, 'Home', 'ArrowDown', 'ArrowDown')
  await expect(stage).toHaveAttribute('data-frame', '2')

  await test.step('window, level and zoom are sliders that say what they are', async () => {
    await press(page, 'Shift+W')
    await expect(twin(page)).toBeVisible()
    const level = twin(page).getByRole('slider', { name: 'Level' })
    await tabTo(page, level, true)
    const before = Number(await level.getAttribute('aria-valuenow'))
    await press(page, 'ArrowRight', 'ArrowRight')
    await expect(level).toHaveAttribute('aria-valuenow', String(before + 2))
    const zoom = twin(page).getByRole('slider', { name: 'Zoom' })
    await tabTo(page, zoom)
    const words = await zoom.getAttribute('aria-valuetext')
    await press(page, 'ArrowRight', 'ArrowRight')
    await expect(zoom).not.toHaveAttribute('aria-valuetext', words ?? '')
    await expect(zoom).toHaveAttribute('aria-valuetext', /%$/)
    await press(page, 'Shift+W')
    await expect(page.getByRole('application').first()).toBeFocused()
    expect(await faults(page), 'the picture in words').toEqual([])
  })

  await test.step('the reticle moves by voxels and says where it stands', async () => {
    await press(page, 'j', 'ArrowRight')
    const probe = page.getByTestId('probe')
    await expect(probe).toHaveText(/^x .*\d mm$/)
    const before = await probe.textContent()
    await press(page, 'ArrowRight')
    await expect(probe).not.toHaveText(before ?? '')
    await press(page, 'Shift+J')
    await expect(page.getByText(/x \S+\smm, y \S+\smm, z \S+\smm/)).toBeAttached()
  })

  await test.step('every kind of shape is made', async () => {
    let shapes = Number(await stage.getAttribute('data-annotations'))
    for (const mark of MARKS.filter(({ kind }) => kindOf(kind).vertices.max > 0)) {
      await take(page, mark.title)
      await makeShape(page, shapes)
      await expect(stage, mark.title).toHaveAttribute('data-annotations', String(++shapes))
      await press(page, 'Escape')
    }
  })

  await test.step('also in a plane across the slices, in the pane beside', async () => {
    await press(page, 'Alt+3', 'Control+ArrowRight')
    await expect(stage).not.toHaveAttribute('data-slicing', 'acquired')
    const before = Number(await stage.getAttribute('data-annotations'))
    await take(page, 'Length')
    await makeShape(page, before)
    await expect(stage).toHaveAttribute('data-annotations', String(before + 1))
    await press(page, 'Escape', 'Alt+1')
    await expect(stage).toHaveAttribute('data-slicing', 'acquired')
  })

  await test.step('one of them gets a label, a certainty and reasons', async () => {
    await press(page, 'Shift+W', 'ArrowDown')
    const row = twin(page).locator('[aria-level="2"]').first()
    await expect(row).toBeFocused()
    await press(page, 'e')
    const inspector = page.getByLabel('Selected annotation')
    await tabTo(page, inspector.getByRole('textbox', { name: 'Reasoning' }))
    await page.keyboard.type('Smooth margin, no calcification.')
    await press(page, 'Tab')
    await press(page, 'p', 'Shift+2')
    await expect(inspector.getByRole('button', { name: 'Present' })).toHaveAttribute('aria-pressed', 'true')
    await expect(twin(page).getByRole('row', { selected: true })).toContainText('present')
    await expect(page.getByRole('status', { name: 'Save state' })).toHaveText(/^Saved/)
  })

  await test.step('a point of it is moved', async () => {
    await press(page, 'Shift+W')
    await take(page, 'Select')
    await press(page, 'Alt+j', 'Space', 'ArrowUp', 'ArrowUp', 'Space')
    await expect(page.getByRole('button', { name: /^Undo.*/ }).first()).toHaveAccessibleName(/move/i)
  })

  await test.step('a comment is written at its place', async () => {
    await press(page, 'm', 'Enter')
    await expect(page.getByRole('textbox', { name: 'Comment' })).toBeFocused()
    await page.keyboard.type('Please look here.')
    await press(page, 'Control+Enter')
    await expect(page.getByText('Please look here.').first()).toBeVisible()
    await expect(page.getByRole('status', { name: 'Save state' })).toHaveText(/^Saved/)
  })
})

test('[V93] [V96] [W122] a whole segment is painted with the keyboard alone, and the page stands enlarged and in the colours of the system', async ({
  browser,
}) => {
  const { page, leave } = await opened(browser)
  await tabTo(page, page.getByRole('button', { name: 'New segment' }), true)
  await press(page, 'Enter')
  await tabTo(page, page.getByRole('button', { name: 'Make it' }))
  await press(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Brush', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await press(page, 'j', 'Enter')
  await expect.poll(() => voxels(page)).toBeGreaterThan(0)
  const dab = await voxels(page)
  await press(page, 'Space', 'Shift+ArrowRight', 'Space')
  await expect.poll(() => voxels(page)).toBeGreaterThan(dab)
  const stroke = await voxels(page)
  await press(page, 'Shift+Enter')
  await expect.poll(() => voxels(page)).toBeLessThan(stroke)
  await press(page, 'Control+z')
  await expect.poll(() => voxels(page)).toBe(stroke)
  await press(page, 'Control+z')
  await expect.poll(() => voxels(page)).toBe(dab)
  await take(page, 'Paint lasso')
  await holdAround(page)
  await expect.poll(() => voxels(page)).toBeGreaterThan(dab)

  await test.step('enlarged to twice its size nothing is cut', async () => {
    await page.setViewportSize(HALF)
    expect(await cut(page)).toEqual([])
    await tabTo(page, page.getByRole('tab', { name: /^Annotations/ }))
    await expect(page.getByRole('tab', { name: /^Annotations/ })).toBeInViewport()
    await expect(page.getByRole('application').first()).toBeVisible()
    expect(await faults(page), 'at half the size').toEqual([])
  })
  await test.step('in the colours of the system what is chosen is framed', async () => {
    await page.emulateMedia({ forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' })
    const chosen = page.getByRole('button', { name: 'Paint lasso', exact: true })
    await expect(chosen).toHaveAttribute('aria-pressed', 'true')
    await expect(chosen).toHaveCSS('outline-style', 'solid')
    await expect(page.getByRole('application').first()).toHaveCSS('forced-color-adjust', 'none')
  })
  await test.step('and so it is at a quarter of the size, image and all', async () => {
    await page.emulateMedia({ forcedColors: 'none', contrast: 'no-preference' })
    await page.setViewportSize(QUARTER)
    expect(await cut(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(QUARTER.width)
    const picture = page.getByRole('application').first()
    await picture.scrollIntoViewIfNeeded()
    const box = await picture.boundingBox()
    expect(box?.width).toBeGreaterThan(0.8 * QUARTER.width)
    expect(box?.height).toBeGreaterThan(200)
    await press(page, 'j', 'Enter')
    await expect.poll(() => voxels(page)).toBeGreaterThan(dab)
    await tabTo(page, page.getByRole('tab', { name: /^Annotations/ }))
    await expect(page.getByRole('tab', { name: /^Annotations/ })).toBeInViewport()
    expect(await faults(page), 'at a quarter of the size').toEqual([])
  })
  await leave()
})

/** Controls that lie beyond the page, or are cut by its edge. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('button, a, input, [role=tab], [role=slider]')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ element, rect: element.getBoundingClientRect() }))
      .filter(({ rect }) => rect.width > 1 && (rect.left < -1 || rect.right > innerWidth + 1))
      .map(({ element, rect }) => `${element.outerHTML.slice(0, 120)} to ${Math.round(rect.right)}`),
  )

async function opened(browser: Browser): Promise<{ page: Page; leave: () => Promise<void> }> {
  const person = await Person.signIn(browser, READER)
  await person.page.goto(address)
  await person.live()
  await expect(person.stage).toHaveAttribute('data-frames-here', String(SLICES))
  return { page: person.page, leave: () => person.leave() }
}
