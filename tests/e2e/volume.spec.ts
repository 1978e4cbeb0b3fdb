/** Series as volumes and over each other: what is seen of them turns, comes back when the card let go of it, and without WebGL a sentence says why there is none. */
import { type Browser, chromium, expect, type Locator, type Page, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { HOT, HOT_SLICE, HOTTEST, madePair, PAIR_MM, PAIR_SLICES, TISSUE } from '../import/pair.ts'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

// The last file, with the longest test: whoever is free takes one of the others.
test.describe.configure({ mode: 'parallel' })

const CASE = 'LN-0001'

const volume = (page: Page): Locator => page.getByTestId('volume')
const picture = (page: Page): Locator => volume(page).getByRole('application')

/** Pixels of the pane, four bytes each; letters and outlines lie over it as they always do. */
const pixels = async (page: Page): Promise<Uint8Array> => decoded(page, await picture(page).screenshot())

async function decoded(page: Page, png: Buffer): Promise<Uint8Array> {
  const values = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const paint = canvas.getContext('2d')
    paint?.drawImage(image, 0, 0)
    return [...(paint?.getImageData(0, 0, image.width, image.height).data ?? [])]
  }, png.toString('base64'))
  return Uint8Array.from(values)
}

/** Parts of all pixels that are bright, and that differ between two pictures by more than noise. */
const bright = (picture: Uint8Array): number =>
  picture.filter((value, at) => at % 4 === 0 && value > 60).length / (picture.length / 4)
const changed = (a: Uint8Array, b: Uint8Array): number =>
  a.filter((value, at) => at % 4 === 0 && Math.abs(value - (b[at] as number)) > 40).length / (a.length / 4)

/** The volume with all its slices stands still on the screen. */
async function atRest(page: Page): Promise<void> {
  await expect(volume(page).locator('.cs-volume')).toHaveAttribute('data-state', 'picture')
  await expect(volume(page).locator('.cs-volume')).toHaveAttribute('data-still', 'true')
}

test('[V66] [V149] a series is seen as a volume that hands and keys turn, and that comes back when the card let go of it', async ({
  browser,
}) => {
  const person = await Person.arrive(browser, 'Okafor')
  const { page } = person
  // Without a card each pixel is computed.
  await page.setViewportSize({ width: 900, height: 560 })
  await person.openCase(CASE)
  await expect(person.stage).toHaveAttribute('data-frames-here', '120')
  await test.step('in so narrow a window hints that find no room are left out as a whole', async () => {
    const cut = await page.getByTestId('hints').evaluate((hints) => {
      const { right, bottom } = hints.getBoundingClientRect()
      const seen = [...hints.children].filter((hint) => hint.getBoundingClientRect().top < bottom)
      return seen
        .filter((hint) => hint.scrollWidth > hint.clientWidth || hint.getBoundingClientRect().right > right)
        .map(({ textContent }) => textContent)
    })
    expect(cut).toEqual([])
  })
  await page.evaluate(() => {
    const heard: (string | null)[] = []
    Object.assign(globalThis, { heard })
    new MutationObserver(() => {
      const said = document.querySelector('.cs-said:not([hidden]) > span')
      if (said && document.querySelector('.cs-volume > [aria-busy="true"]')) heard.push(said.textContent)
    }).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await page.keyboard.press('Alt+5')
  await atRest(page)
  expect(await page.evaluate('heard'), '[V149]').toContain('The 3D picture is being computed.')
  await expect(volume(page).locator('.cs-said')).toBeHidden()
  await expect(picture(page)).toHaveAttribute('aria-busy', 'false')
  const front = await pixels(page)
  expect(bright(front)).toBeGreaterThan(0.02)
  await expect(picture(page)).toHaveAccessibleName('3D picture, seen from A')

  await test.step('by hand, and letters with it', async () => {
    const box = await picture(page).boundingBox()
    if (!box) throw new Error('the volume is not on screen')
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await person.drag(middle, { x: middle.x + box.height / 2, y: middle.y })
    await expect(picture(page)).toHaveAccessibleName('3D picture, seen from R')
    await atRest(page)
    expect(changed(front, await pixels(page))).toBeGreaterThan(0.02)
  })
  await test.step('by keys, and back', async () => {
    await picture(page).focus()
    await page.keyboard.press('Home')
    await expect(picture(page)).toHaveAccessibleName('3D picture, seen from A')
    for (let n = 0; n < 9; n++) await page.keyboard.press('ArrowLeft')
    await expect(picture(page)).toHaveAccessibleName('3D picture, seen from L')
    await page.keyboard.press('Home')
  })
  await test.step('another preset shows something else', async () => {
    await volume(page)
      .getByRole('button', { name: /^What is seen in 3D: Bone/ })
      .click()
    await page.getByRole('menuitem', { name: 'Skin and soft tissue' }).click()
    await atRest(page)
    expect(changed(front, await pixels(page))).toBeGreaterThan(0.02)
    expect(await faults(page)).toEqual([])
  })
  await test.step('what the card lets go of is told, and made again', async () => {
    await volume(page)
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) =>
        canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext(),
      )
    await expect(volume(page).getByText(/^The graphics card let go of the 3D picture/)).toBeVisible()
    await atRest(page)
    expect(bright(await pixels(page))).toBeGreaterThan(0.02)
  })
  await person.leave()
})

test('[V67] without WebGL a sentence says why there is no volume, and the planes go on working', async () => {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_FLAGS, '--disable-3d-apis'],
  })
  const person = await Person.arrive(browser, 'Okafor')
  await person.openCase(CASE)
  await person.page.keyboard.press('Alt+5')
  await expect(volume(person.page).getByText(/^This browser gives no WebGL 2/)).toBeVisible()
  const frame = await person.stage.getAttribute('data-frame')
  await person.page.keyboard.press('ArrowDown')
  await expect(person.stage).not.toHaveAttribute('data-frame', frame ?? '')
  await browser.close()
})

const KEEPER: Account = { name: 'Dr F. Keeper', login: 'f-keeper', password: 'a long password' }
const READER: Account = { name: 'Dr F. Reader', login: 'f-reader', password: 'a long password' }

/** The CT of the pair, at the slice with the uptake. */
async function openPair(browser: Browser): Promise<Person> {
  for (const account of [KEEPER, READER]) await makeAccount(account)
  const project = await makeProject('A pair of series', 'PAIR', [
    [KEEPER.name, 'manager'],
    [READER.name, 'reader'],
  ])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(KEEPER.login, KEEPER.password)
  const made = (await importFiles(client, await madePair(), project)).series
  const person = await Person.signIn(browser, READER)
  await person.page.goto(`/cases/${made[0]?.case}`)
  await person.live()
  // Series that belong together stand side by side.
  await person.page.keyboard.press('Alt+1')
  await expect(person.stage).toContainText('· CT')
  await expect(person.stage).toHaveAttribute('data-frames-here', String(PAIR_SLICES))
  await person.stage.locator('.cs-picture').focus()
  await person.page.keyboard.press('Home')
  for (let n = 0; n < HOT_SLICE; n++) await person.page.keyboard.press('ArrowDown')
  await expect(person.stage).toHaveAttribute('data-frame', String(HOT_SLICE))
  return person
}

test('[V72] a PET lies over the CT of its space, where its values are in the patient; in another space it is refused', async ({
  browser,
}) => {
  const person = await openPair(browser)
  const { page } = person
  await page.getByRole('button', { name: 'Lay a series over' }).click()
  await expect(page.getByRole('menuitem', { name: /another frame of reference/ })).toBeDisabled()
  await page.getByRole('menuitem', { name: /· PT ·/, disabled: false }).click()
  await expect(page.getByRole('toolbar', { name: 'What lies over' })).toContainText('PT over CT')
  const box = await person.stage.locator('.cs-picture').boundingBox()
  if (!box) throw new Error('the pane is not on screen')
  const perMm = Math.min(box.width, box.height) / PAIR_MM
  const hot = { x: box.x + box.width / 2 + HOT[0] * perMm, y: box.y + box.height / 2 + HOT[1] * perMm }
  /** Red, green and blue at the uptake. */
  const colour = async (): Promise<number[]> => {
    await page.mouse.move(hot.x + 40, hot.y + 40)
    const clip = { x: Math.round(hot.x) - 1, y: Math.round(hot.y) - 1, width: 2, height: 2 }
    return [...(await decoded(page, await page.screenshot({ clip })))].slice(0, 3)
  }

  await test.step('values of both are told at the same place', async () => {
    await page.mouse.move(hot.x, hot.y)
    await expect(page.getByTestId('over')).toHaveText(/^PT \d+/)
    const [counts = Number.NaN] =
      (await page.getByTestId('over').textContent())?.match(/\d+/g)?.map(Number) ?? []
    expect(counts).toBeGreaterThan(0.8 * HOTTEST)
    expect(counts).toBeLessThanOrEqual(HOTTEST)
    await expect(page.getByTestId('value')).toHaveText(new RegExp(`^${TISSUE}\\b`))
  })
  await test.step('in the colours and the opacity asked for', async () => {
    await page.getByRole('button', { name: /^Colours of what lies over/ }).click()
    await page.getByRole('option', { name: 'Rainbow' }).click()
    await expect
      .poll(async () => {
        const [red = 0, green = 0] = await colour()
        return red - green
      })
      .toBeGreaterThan(60)
    expect(await faults(page)).toEqual([])
  })
  await test.step('[V33] whoever follows sees it so, and follows no more once they change it', async () => {
    const other = await Person.signIn(browser, KEEPER)
    await other.page.goto(page.url())
    await other.page.getByRole('button', { name: `Follow ${READER.name}` }).click()
    const told = other.page.getByRole('toolbar', { name: 'What lies over' })
    await expect(told).toContainText('PT over CT')
    await expect(told.getByRole('button', { name: /^Colours of what lies over/ })).toContainText('Rainbow')
    await page.getByRole('slider', { name: 'Opacity' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(told.getByRole('slider', { name: 'Opacity' })).toHaveAttribute('aria-valuenow', '65')
    await page.getByRole('button', { name: /^Plane: / }).click()
    await page.getByRole('menuitem', { name: /^MIP 10/ }).click()
    await expect(other.stage.locator('.cs-top-right')).toContainText('MIP 10')
    await told.getByRole('button', { name: 'Take it off' }).click()
    await expect(other.page.getByRole('button', { name: `Follow ${READER.name}` })).toHaveAttribute(
      'aria-pressed',
      'false',
    )
    await other.leave()
    await page.getByRole('button', { name: /^Plane: / }).click()
    await page.getByRole('menuitem', { name: 'One plane' }).click()
  })
  await test.step('without opacity the picture below is as it was', async () => {
    await page.getByRole('slider', { name: 'Opacity' }).focus()
    await page.keyboard.press('Home')
    await expect
      .poll(async () => {
        const [red = 0, green = 0] = await colour()
        return red - green
      })
      .toBe(0)
    await page.getByRole('button', { name: 'Take it off' }).click()
    await expect(page.getByTestId('over')).toHaveCount(0)
  })
  await test.step('[V68] what is painted is a surface in 3D, while its eye is open', async () => {
    const segments = page.getByRole('region', { name: 'Segments' })
    await segments.getByRole('button', { name: 'New segment' }).click()
    await page.getByLabel('Name of the segment').fill('Uptake')
    await page.getByRole('button', { name: 'Make it' }).click()
    await person.tool('Brush')
    await person.drag(hot, { x: hot.x + 40, y: hot.y })
    await person.saved()
    await page.keyboard.press('Alt+6')
    const shown = volume(page).locator('.cs-volume')
    await expect(shown).toHaveAttribute('data-surfaces', '1')
    await segments.getByRole('button', { name: /^Hide/ }).first().click()
    await expect(shown).toHaveAttribute('data-surfaces', '0')
  })
  await person.leave()
})
