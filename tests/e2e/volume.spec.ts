/** Series as volumes: what is seen of them turns, comes back when the card let go of it, and without WebGL a sentence says why there is none. */
import { chromium, expect, type Locator, type Page, test } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '../support/chromium.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const CASE = 'LN-0001'

const volume = (page: Page): Locator => page.getByTestId('volume')
const picture = (page: Page): Locator => volume(page).getByRole('application')

/** Pixels of the pane, four bytes each; letters and outlines lie over it as they always do. */
async function pixels(page: Page): Promise<Uint8Array> {
  const png = await picture(page).screenshot()
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
  const drawn = (): Promise<string | null> => volume(page).locator('.cs-volume').getAttribute('data-drawn')
  await expect(volume(page).locator('.cs-volume')).toHaveAttribute('data-state', 'picture')
  let before: string | null = null
  await expect
    .poll(
      async () => {
        const now = await drawn()
        const isSame = now !== null && now === before
        before = now
        return isSame
      },
      { intervals: [1500] },
    )
    .toBe(true)
}

test('[V66] a series is seen as a volume that hands and keys turn, and that comes back when the card let go of it', async ({
  browser,
}) => {
  const person = await Person.arrive(browser, 'Okafor')
  const { page } = person
  await person.openCase(CASE)
  await expect(person.stage).toHaveAttribute('data-frames-here', '120')
  await page.keyboard.press('Alt+5')
  await atRest(page)
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
