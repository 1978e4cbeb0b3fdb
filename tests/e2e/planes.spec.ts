/** Planes across the slices: what one draws in a plane another sees where it lies, lengths hold in all of them, and panes go together. */
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { COLUMNS, madeSeries, ROWS, SPACING } from '../import/made.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person, type Point } from './people.ts'

const CASE = 'LN-0001'
/** Of the demo study: 2.5 mm from slice to slice, the 61st at z = 0. */
const SLICE_MM = 2.5
const sliceAt = (z: number): number => Math.round(z / SLICE_MM) + 61

type Plane = 'axial' | 'coronal' | 'sagittal'

const plane = (page: Page, name: Plane | 'acquired' | 'oblique'): Locator =>
  page.locator(`[data-slicing=${name}]`)

async function within(pane: Locator, x: number, y: number): Promise<Point> {
  const box = await pane.locator('.cs-picture').boundingBox()
  if (!box) throw new Error('the pane is not on screen')
  return { x: box.x + box.width * x, y: box.y + box.height * y }
}

/** The patient point under the pointer, as the status bar tells it. */
async function placeUnder(page: Page, at: Point): Promise<[number, number, number]> {
  await page.mouse.move(at.x, at.y)
  const probe = page.getByTestId('probe')
  await expect(probe).toHaveText(/^x .*\d mm$/)
  const text = ((await probe.textContent()) ?? '').replaceAll('−', '-')
  const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = [...text.matchAll(/-?\d+\.\d/g)].map(Number)
  return [x, y, z]
}

/** Where a patient point lies on an axial pane, from the places under two of its points. */
async function onAxial(page: Page, pane: Locator, [x, y]: readonly [number, number]): Promise<Point> {
  const [first, second] = [await within(pane, 0.2, 0.2), await within(pane, 0.8, 0.8)]
  const from = await placeUnder(page, first)
  const to = await placeUnder(page, second)
  return {
    x: first.x + ((x - from[0]) / (to[0] - from[0])) * (second.x - first.x),
    y: first.y + ((y - from[1]) / (to[1] - from[1])) * (second.y - first.y),
  }
}

test('[V7] a box drawn in a coronal plane is seen by another person in the axial slices that it cuts, and in no others', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) await person.openCase(CASE)
  await a.page.keyboard.press('Alt+3')
  const coronal = plane(a.page, 'coronal')
  await expect(coronal).toHaveAttribute('data-frames-here', '120')

  const [upper, lower] = [await within(coronal, 0.3, 0.4), await within(coronal, 0.4, 0.48)]
  const [left, y, top] = await placeUnder(a.page, upper)
  const [right, , bottom] = await placeUnder(a.page, lower)
  expect(top).toBeGreaterThan(bottom)
  const [first, last] = [sliceAt(bottom) + 1, sliceAt(top) - 1]
  const middle = Math.round((first + last) / 2)
  await b.goToSlice(middle)
  const before = await b.shapes()

  await test.step('its draft is seen while it is drawn', async () => {
    await a.tool('Box')
    await a.press(upper)
    await a.move(lower)
    await b.sees('drafts', 1)
    await a.release()
    await b.sees('drafts', 0)
    await b.sees('annotations', before + 1)
    await a.saved()
  })

  await test.step('it lies at the right millimetre', async () => {
    const stage = b.stage
    const on = await onAxial(b.page, stage, [(left + right) / 2, y])
    await b.click({ x: on.x, y: on.y + 25 })
    await expect(b.selected).toHaveCount(0)
    await b.click(on)
    await expect(b.selected).toBeVisible()
    await b.page.keyboard.press('Escape')
    const aside = await onAxial(b.page, stage, [left - 6, y])
    await b.click(aside)
    await expect(b.selected).toHaveCount(0)
    // The list names the slice in the middle of the box.
    await expect(b.row('Box', sliceAt((top + bottom) / 2), 'Dr A. Okafor')).toBeVisible()
  })

  await test.step('it is on every slice it cuts, and on none beyond', async () => {
    const counts = async (slice: number): Promise<number> => {
      await b.goToSlice(slice)
      return b.shapes()
    }
    const own = new Map<number, number>()
    await b.page.getByRole('button', { name: /^Hide/ }).first().waitFor()
    for (const slice of [first - 3, first, last, last + 3]) own.set(slice, await counts(slice))
    await a.page.keyboard.press('Control+z')
    await a.saved()
    for (const [slice, cut] of [
      [first - 3, 0],
      [first, 1],
      [last, 1],
      [last + 3, 0],
    ] as const) {
      await b.goToSlice(slice)
      await b.sees('annotations', (own.get(slice) ?? Number.NaN) - cut)
    }
  })
  await a.leave()
  await b.leave()
})

test('[V8] [W44] with Shift all panes go to the place under the pointer; a double click leaves one pane, Escape brings them back', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  await a.openCase(CASE)
  await a.page.keyboard.press('Alt+3')
  const [axial, coronal, sagittal] = [
    plane(a.page, 'acquired'),
    plane(a.page, 'coronal'),
    plane(a.page, 'sagittal'),
  ]
  await expect(sagittal).toBeVisible()
  expect(await faults(a.page)).toEqual([])
  const at = await within(axial, 0.4, 0.55)
  await a.page.mouse.move(at.x - 20, at.y)
  await a.page.keyboard.down('Shift')
  const [x, y, z] = await placeUnder(a.page, at)
  await a.page.keyboard.up('Shift')
  await expect.poll(() => millimetres(coronal, 'y')).toBeCloseTo(y, 0)
  await expect.poll(() => millimetres(sagittal, 'x')).toBeCloseTo(x, 0)
  expect(await millimetres(axial, 'z')).toBeCloseTo(z, 0)

  await axial.dblclick({ position: { x: 200, y: 40 } })
  await expect(coronal).toBeHidden()
  await a.page.keyboard.press('Escape')
  await expect(coronal).toBeVisible()
  await a.page.keyboard.press('Alt+1')
  await expect(coronal).toHaveCount(0)
  await a.leave()
})

/** Whether a mark is painted within 2 px of a place of the screen. */
const isMarked = (pane: Locator, at: Point): Promise<boolean> =>
  pane.evaluate((element, { x, y }) => {
    const layers = [...element.querySelectorAll<HTMLCanvasElement>('.konvajs-content canvas')]
    return layers.some((canvas) => {
      const box = canvas.getBoundingClientRect()
      const scale = canvas.width / box.width
      const [left, top] = [(x - 2 - box.x) * scale, (y - 2 - box.y) * scale]
      const pixels = canvas.getContext('2d')?.getImageData(left, top, 4 * scale, 4 * scale).data ?? []
      return pixels.some((value, i) => i % 4 === 3 && value > 0)
    })
  }, at)

test('[V155] words beside a shape keep off the letters at the edges also in a pane that is just made', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  await a.openCase(CASE)
  await a.page.keyboard.press('Alt+2')
  const coronal = plane(a.page, 'coronal')
  await expect(coronal).toHaveAttribute('data-frames-here', '120')
  const edge = await coronal.locator('.cs-letter[data-edge=right]').boundingBox()
  if (!edge) throw new Error('there is no letter')
  // Above its middle, where the other pane's plane is a line. The words beside the point would lie there.
  const letter = { x: edge.x + edge.width / 2, y: edge.y + 3 }
  const point = { x: edge.x - 80, y: edge.y + edge.height }
  await a.tool('Key point')
  await a.click(point)
  await a.saved()
  await a.page.keyboard.press('Escape')
  await expect(a.selected).toHaveCount(0)
  for (let time = 0; time < 3; time++) {
    await a.page.keyboard.press('Alt+1')
    await expect(coronal).toHaveCount(0)
    await a.page.keyboard.press('Alt+2')
    await expect.poll(() => isMarked(coronal, { ...point, x: point.x + 6 })).toBe(true)
    await expect.poll(() => isMarked(coronal, letter)).toBe(false)
  }
  await a.page.keyboard.press('Control+z')
  await a.saved()
  await a.leave()
})

/** The place of the plane as its pane tells it. */
async function millimetres(pane: Locator, axis: string): Promise<number> {
  const text = (await pane.locator('.cs-top-right').textContent()) ?? ''
  return Number(new RegExp(`${axis} (−?[\\d.]+) mm`).exec(text)?.[1]?.replace('−', '-'))
}

const MEASURER: Account = { name: 'Dr M. Measurer', login: 'm-measurer', password: 'a long password' }
const KEEPER: Account = { name: 'Dr K. Keeper', login: 'k-keeper', password: 'a long password' }
const SLICES = 20

async function openOblique(browser: Browser): Promise<Person> {
  await makeAccount(MEASURER)
  await makeAccount(KEEPER)
  const project = await makeProject('Oblique series', 'OBL', [
    [KEEPER.name, 'manager'],
    [MEASURER.name, 'reader'],
  ])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(KEEPER.login, KEEPER.password)
  const files = await madeSeries({ slices: SLICES, variant: 83 })
  const [made] = (await importFiles(client, files, project)).series
  const person = await Person.signIn(browser, MEASURER)
  await person.page.goto(`/cases/${made?.case}`)
  await expect(person.stage).toHaveAttribute('data-frames-here', String(SLICES))
  return person
}

test('[V9] a known distance in an oblique series is told in its millimetres in all three planes', async ({
  browser,
}) => {
  const person = await openOblique(browser)
  const across = COLUMNS * SPACING.column
  const down = ROWS * SPACING.row
  const through = SLICES * SPACING.slice
  // The series is nearest to coronal: its rows go from right to left, its columns from head to feet, its slices from front to back.
  const sizes: Readonly<Record<Plane, readonly [wide: number, high: number]>> = {
    coronal: [across, down],
    axial: [across, through],
    sagittal: [through, down],
  }
  for (const [name, [wide, high]] of Object.entries(sizes)) {
    await person.page.getByRole('button', { name: /^Plane: / }).click()
    await person.page.getByRole('menuitem', { name: new RegExp(`^${name}`, 'i') }).click()
    const box = await person.stage.locator('.cs-picture').boundingBox()
    if (!box) throw new Error('the pane is not on screen')
    // The whole picture fills the pane one way and stands in its middle.
    const mmPerPixel = Math.max(wide / box.width, high / box.height)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    const [dx, dy] = [(0.4 * wide) / mmPerPixel, (0.3 * high) / mmPerPixel]
    for (const [x, y, mm] of [
      [dx, 0, 0.8 * wide],
      [0, dy, 0.6 * high],
      [dx, dy, Math.hypot(0.8 * wide, 0.6 * high)],
    ] as const) {
      await person.tool('Length')
      await person.drag({ x: middle.x - x, y: middle.y - y }, { x: middle.x + x, y: middle.y + y })
      await expect(person.selected).toBeVisible()
      const figure = await figureOf(person)
      expect(Math.abs(figure - mm)).toBeLessThan(0.1 + 2 * mmPerPixel)
      await person.page.keyboard.press('Control+z')
      await expect(person.selected).toHaveCount(0)
    }
  }
  await person.leave()
})

/** "Length · 12.8 mm" in the list. */
async function figureOf(person: Person): Promise<number> {
  const text = await person.page.getByRole('button', { name: /^Length · [\d.]+ mm/ }).textContent()
  return Number(/Length · ([\d.]+)\smm/.exec(text ?? '')?.[1])
}

test('[V12] keys turn a plane in any direction, and one thick plane is shown as a slab', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  await a.openCase(CASE)
  await expect(a.stage).toHaveAttribute('data-frames-here', '120')
  const corner = a.stage.locator('.cs-top-right')
  await expect(corner).toContainText('Axial')
  for (let n = 0; n < 8; n++) await a.page.keyboard.press('Alt+ArrowUp')
  await expect(a.stage).toHaveAttribute('data-slicing', 'oblique')
  await expect(corner).toContainText('Oblique')
  // Forty degrees about the row: the right and left stay where they are, what was in front comes from above.
  await expect(a.stage.locator('[data-edge=left]')).toHaveText('R')
  await expect(a.stage.locator('[data-edge=top]')).toHaveText(/^A[HF]$/)

  await a.page.getByRole('button', { name: /^Plane: / }).click()
  await a.page.getByRole('menuitem', { name: /^MIP 10/ }).click()
  await expect(corner).toContainText('MIP 10')
  const middle = await within(a.stage, 0.5, 0.5)
  await a.page.mouse.move(middle.x, middle.y)
  await expect(a.page.getByTestId('probe')).toHaveText(/^x .*\d mm$/)
  await expect(a.page.getByTestId('value')).toHaveText('')

  await test.step('its line in another pane turns it too', async () => {
    await a.page.keyboard.press('Alt+4')
    const [axial, oblique] = [plane(a.page, 'acquired'), plane(a.page, 'oblique')]
    await expect(oblique.locator('[data-edge=left]')).toHaveText('RA')
    // It stands at 45 degrees: its line runs from the upper left to the lower right through the middle of the axial picture.
    const centre = await within(axial, 0.5, 0.5)
    const from = { x: centre.x + 120, y: centre.y + 120 }
    await a.page.mouse.move(from.x, from.y)
    await a.drag(from, { x: centre.x, y: centre.y + 170 })
    await expect(oblique.locator('[data-edge=left]')).toHaveText('A')
    await expect(oblique.locator('[data-edge=right]')).toHaveText('P')
  })
  await a.leave()
})

test('[V13] whoever follows sees the same plane; a cursor is seen across planes', async ({ browser }) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) await person.openCase(CASE)
  await a.page.keyboard.press('Alt+3')
  const coronal = plane(a.page, 'coronal')
  await expect(coronal).toHaveAttribute('data-frames-here', '120')

  await test.step('a cursor in a coronal plane is on the axial slice at its height', async () => {
    const [, , z] = await placeUnder(a.page, await within(coronal, 0.6, 0.45))
    await b.goToSlice(sliceAt(z))
    await b.sees('peers', 1)
    await b.page.keyboard.press('ArrowDown')
    await b.sees('peers', 0)
    await expect(b.page.getByRole('button', { name: /^Okafor is on slice \d+/ })).toBeVisible()
  })

  await test.step('following takes over plane, place and window', async () => {
    await b.page.getByRole('button', { name: 'Follow Dr A. Okafor' }).click()
    const middle = await within(coronal, 0.5, 0.5)
    await a.page.mouse.move(middle.x, middle.y)
    for (let n = 0; n < 3; n++) await a.page.mouse.wheel(0, 100)
    await a.page.keyboard.press('4')
    await expect(b.stage).toHaveAttribute('data-slicing', 'coronal')
    const y = await millimetres(coronal, 'y')
    await expect.poll(() => millimetres(b.stage, 'y')).toBe(y)
    await expect(b.stage.locator('.cs-bottom-left')).toContainText('W 2500 · L 480')
    await b.page.keyboard.press('Escape')
    await a.page.keyboard.press('Alt+1')
    await expect(b.stage).toHaveAttribute('data-slicing', 'coronal')
  })
  await a.leave()
  await b.leave()
})
