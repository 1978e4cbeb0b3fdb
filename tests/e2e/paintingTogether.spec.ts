/** Three people paint one lesion at once, in browsers of their own, where much was painted before they came and lies in an archive. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { makePaintedChest, type PaintedChest, SIZE, SLICES } from './paintedChest.ts'
import { Person, type Point } from './people.ts'
import {
  agree,
  changed,
  choose,
  makeSegment,
  operate,
  pointAt,
  rowOf,
  segments,
  setNumber,
  steps,
  voxels,
} from './segments.ts'

const KEEPER: Account = { name: 'Dr K. Together', login: 'k-together', password: 'a long password' }
const [OKAFOR, LINDQVIST, VASQUEZ] = ['Dr A. Okafor', 'Dr J. Lindqvist', 'Prof. H. Vasquez']
const LESION = 'Nodule'
/** Set to keep pictures of what is looked at here. */
const PICTURES = process.env.PAINTING_PICTURES

let chest: PaintedChest
test.beforeAll(async () => {
  await makeAccount(KEEPER)
  const project = await makeProject('Painted together', 'TGT', [
    [KEEPER.name, 'manager'],
    [OKAFOR, 'reader'],
    [LINDQVIST, 'reader'],
    [VASQUEZ, 'adjudicator'],
  ])
  chest = await makePaintedChest(KEEPER, project, 'lindqvist')
})

async function open(browser: Browser, name: string): Promise<Person> {
  const person = await Person.arrive(browser, name.split(' ').at(-1) ?? '')
  const archive = person.page.waitForResponse((answer) => answer.url().includes('as=painting'))
  await person.page.goto(chest.address)
  await person.live()
  await expect(person.stage).toHaveAttribute('data-frames-here', String(SLICES))
  expect((await archive).status()).toBe(200)
  await expect(rowOf(person.page, chest.lung.name)).toHaveAttribute('data-voxels', String(chest.lung.voxels))
  return person
}

/** Where a voxel of the slice in view lies on the screen, with the picture fitted into the pane. */
async function spot({ stage }: Person, column: number, row: number): Promise<Point> {
  const box = await stage.boundingBox()
  if (!box) throw new Error('the stage is not on screen')
  const scale = Math.min(box.width, box.height) / SIZE
  return {
    x: box.x + box.width / 2 + (column + 0.5 - SIZE / 2) * scale,
    y: box.y + box.height / 2 + (row + 0.5 - SIZE / 2) * scale,
  }
}

/** Voxels to the right and down. */
type Step = readonly [number, number]

/** From the middle of the lesion. */
const near = (person: Person, dx: number, dy: number): Promise<Point> =>
  spot(person, chest.lesion[0] + dx, chest.lesion[1] + dy)

async function stroke(person: Person, from: Step, to: Step): Promise<void> {
  await person.drag(await near(person, ...from), await near(person, ...to))
}

/** Voxels by the name of whoever painted them, as this page counts them. */
async function shares(page: Page): Promise<Record<string, number>> {
  const rows = page.getByRole('list', { name: 'Who painted how much' }).getByRole('listitem')
  const told = (await rows.allTextContents()).map((text) =>
    /((?:Dr|Prof\.) \w\. [A-Za-z]+)([\d\s]+) ·/.exec(text),
  )
  return Object.fromEntries(told.map((row) => [row?.[1] ?? '', Number(row?.[2]?.replace(/\s/g, ''))]))
}

/** Red, green and blue in the middle of a few pixels of the screen. */
async function colourAt(page: Page, { x, y }: Point): Promise<number[]> {
  const png = await page.screenshot({
    clip: { x: Math.round(x) - 1, y: Math.round(y) - 1, width: 3, height: 3 },
  })
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const paint = new OffscreenCanvas(3, 3).getContext('2d')
    paint?.drawImage(image, 0, 0)
    return [...(paint?.getImageData(1, 1, 1, 1).data ?? [])].slice(0, 3)
  }, png.toString('base64'))
}

/** How much two colours are of one hue: 1 where they differ in brightness alone. */
function alike(a: readonly number[], b: readonly number[]): number {
  const hue = (colour: readonly number[]) => {
    const mean = colour.reduce((sum, part) => sum + part, 0) / 3
    return colour.map((part) => part - mean)
  }
  const [p, q] = [hue(a), hue(b)]
  const sum = p.reduce((all, part, n) => all + part * (q[n] ?? 0), 0)
  return sum / (Math.hypot(...p) * Math.hypot(...q))
}

/** A stroke in the slice of the lesion. */
const how = (): string => `Painted with the brush, slice ${chest.lesion[2] + 1}`

async function look({ page }: Person, name: string): Promise<void> {
  if (!PICTURES) return
  for (const [width, height] of [
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(1_000)
    await page.screenshot({ path: `${PICTURES}/${name}-${width}x${height}.png` })
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('[M105] [M106] [M108] [M109] three people paint one lesion at once: each takes back only their own, and everybody sees whose each voxel is', async ({
  browser,
}) => {
  const a = await open(browser, OKAFOR)
  const b = await open(browser, LINDQVIST)
  const c = await open(browser, VASQUEZ)
  const all = [a, b, c]

  await test.step('B and C follow A to the lesion', async () => {
    for (const { page } of [b, c]) await page.getByRole('button', { name: `Follow ${OKAFOR}` }).click()
    await steps(a, chest.lesion[2] - Number(await a.stage.getAttribute('data-frame')))
    for (const { page, stage } of [b, c]) {
      await expect(stage).toHaveAttribute('data-frame', String(chest.lesion[2]))
      await page.getByRole('button', { name: `Stop following ${OKAFOR}` }).click()
    }
  })

  await test.step('all three paint at once, and see that the others do', async () => {
    await makeSegment(a, LESION)
    for (const person of all) {
      await choose(person, LESION)
      await person.tool('Brush')
      await setNumber(person, 'Size', 8)
    }
    const ways: readonly (readonly [Person, Step, Step])[] = [
      [a, [-6, -4], [4, -4]],
      [b, [-2, 0], [8, 0]],
      [c, [-4, 4], [6, 4]],
    ]
    for (const [person, from] of ways) await person.press(await near(person, ...from))
    for (const [person, , to] of ways) await person.move(await near(person, ...to))
    for (const { page } of all)
      await expect(rowOf(page, LESION).getByRole('img', { name: /is painting in it$/ })).toHaveCount(2)
    await look(a, 'at-once')
    for (const person of all) await person.release()
    await changed(all, LESION, 0)
  })

  await test.step('A paints over the others and takes it back: what B and C have painted is as it was', async () => {
    for (const { page } of all)
      await segments(page).getByRole('button', { name: 'Who painted how much' }).click()
    const before = await shares(c.page)
    expect(Object.keys(before).sort()).toEqual([OKAFOR, LINDQVIST, VASQUEZ])
    expect(Object.values(before).reduce((sum, n) => sum + n, 0)).toBe(await voxels(c.page, LESION))
    await stroke(a, [2, -8], [2, 8])
    for (const { page } of all)
      await expect
        .poll(async () => ((await shares(page))[LINDQVIST] ?? 0) < (before[LINDQVIST] ?? 0))
        .toBe(true)
    await a.page.keyboard.press('Control+z')
    for (const { page } of all) await expect.poll(() => shares(page)).toEqual(before)
    await a.page.keyboard.press('Control+Shift+z')
    await a.saved()
  })

  await test.step('C asks who painted a voxel, and what was there before', async () => {
    await c.page.keyboard.press('o')
    await pointAt(c, await near(c, 2, 0))
    const card = c.page.getByRole('complementary', { name: 'Who painted this voxel' })
    await expect(card).toContainText(OKAFOR)
    await expect(card).toContainText(/revision \d+/)
    await expect(card).toContainText(`${how()}, by ${LINDQVIST}`)
    await expect(card.getByRole('button', { name: 'Take it back' })).toHaveCount(0)
    await look(c, 'who')
  })

  await test.step('C withdraws it as adjudicator, which its author cannot bring back, and restores it', async () => {
    const card = c.page.getByRole('complementary', { name: 'Who painted this voxel' })
    const before = await agree(all, LESION)
    await card.getByRole('button', { name: 'Withdraw as adjudicator' }).click()
    await expect(card).toContainText(`Withdrawn${how()}, by ${OKAFOR}`)
    await expect(card).toContainText(LINDQVIST)
    expect(await changed(all, LESION, before)).toBeLessThan(before)
    await a.page.keyboard.press('o')
    await pointAt(a, await near(a, 2, 0))
    const own = a.page.getByRole('complementary', { name: 'Who painted this voxel' })
    await expect(own).toContainText(`Withdrawn${how()}, by ${OKAFOR}`)
    await expect(own.getByRole('button', { name: 'Restore' })).toHaveCount(0)
    await a.page.keyboard.press('o')
    await card.getByRole('button', { name: 'Restore' }).click()
    await expect(card).not.toContainText('Withdrawn')
    for (const { page } of all) await expect.poll(() => voxels(page, LESION)).toBe(before)
    await c.page.keyboard.press('o')
  })

  await test.step('by reader, what A and B have painted has the colours of A and B', async () => {
    const seen = async () => [
      await colourAt(c.page, await near(c, -6, -4)),
      await colourAt(c.page, await near(c, 8, 0)),
    ]
    await c.page.mouse.move(5, 5)
    const [one = [], other = []] = await seen()
    expect(alike(one, other)).toBeGreaterThan(0.95)
    await segments(c.page).getByRole('button', { name: 'Colour by reader' }).click()
    await expect
      .poll(async () => {
        const [mine = [], theirs = []] = await seen()
        return alike(mine, theirs)
      })
      .toBeLessThan(0.8)
    await pointAt(c, await near(c, 24, -20))
    await look(c, 'by-reader')
    expect(await faults(c.page)).toEqual([])
    await segments(c.page).getByRole('button', { name: 'Colour by segment' }).click()
  })

  await test.step('C fills between slices while B paints by values; C takes the filling back, and what B painted stays', async () => {
    await steps(c, 2)
    const without = await agree(all, LESION)
    await stroke(c, [-4, 0], [4, 0])
    const before = await changed(all, LESION, without)
    await steps(c, -1)
    await operate(c, 'Fill between slices')
    const computed = c.page.getByRole('group', { name: 'Computed slices' })
    await expect(computed).toBeVisible()
    await look(c, 'computed')
    await b.tool('Threshold brush')
    await setNumber(b, 'From', -1_000)
    await setNumber(b, 'to', 2_000)
    await b.click(await near(b, 0, 12))
    const byValues = await changed(all, LESION, before)
    await computed.getByRole('button', { name: 'Confirm' }).click()
    expect(await changed(all, LESION, byValues)).toBeGreaterThan(byValues)
    await c.page.keyboard.press('Control+z')
    await expect.poll(() => voxels(c.page, LESION)).toBe(byValues)
    expect(await agree(all, LESION)).toBe(byValues)
    await steps(c, -1)
  })

  await test.step('B paints without a connection, A and C over it: told whose work it lies under, B brings it to the top', async () => {
    await b.tool('Brush')
    await b.goOffline()
    const before = await voxels(a.page, LESION)
    let painted = 0
    for (const [from, to] of [
      [-12, -8],
      [8, 12],
    ] as const) {
      await stroke(b, [from, -12], [to, -12])
      // Counted a moment after it is painted.
      await expect.poll(() => voxels(b.page, LESION)).toBeGreaterThan(before + painted)
      painted = (await voxels(b.page, LESION)) - before
    }
    for (const person of [a, c]) await person.tool('Eraser')
    // Three times: of acts that were made side by side the one with the higher number lies on top.
    for (let n = 0; n < 3; n++) {
      await stroke(a, [-13, -12], [-7, -12])
      await stroke(c, [7, -12], [13, -12])
    }
    await a.saved()
    const without = await agree([a, c], LESION)
    await b.goOnline()
    const told = segments(b.page).getByText(/^2.of your strokes lie under newer work of/)
    await expect(told).toContainText(OKAFOR)
    await expect(told).toContainText(VASQUEZ)
    await look(b, 'under-newer')
    await b.page.getByRole('button', { name: 'Bring to top' }).click()
    expect(await changed(all, LESION, without)).toBe(without + painted)
  })

  await test.step('after a reload B takes back one stroke of the archive by pointing at it, and one act from the list', async () => {
    await b.page.reload()
    await b.live()
    await expect(b.stage).toHaveAttribute('data-frames-here', String(SLICES))
    await expect(rowOf(b.page, chest.lung.name)).toHaveAttribute('data-voxels', String(chest.lung.voxels))
    await steps(b, chest.lesion[2] - Number(await b.stage.getAttribute('data-frame')))
    await b.page.keyboard.press('o')
    await pointAt(b, await spot(b, ...chest.lung.alone))
    const card = b.page.getByRole('complementary', { name: 'Who painted this voxel' })
    await expect(card).toContainText(LINDQVIST)
    await card.getByRole('button', { name: 'Take it back' }).click()
    await b.page.keyboard.press('o')
    expect(await changed(all, chest.lung.name, chest.lung.voxels)).toBeLessThan(chest.lung.voxels)
    const before = await agree(all, LESION)
    await b.tab('History')
    expect(await faults(b.page)).toEqual([])
    await b.page.getByRole('button', { name: 'Take back one of your acts' }).click()
    await look(b, 'own-acts')
    await b.page
      .getByRole('menuitem', { name: /^Painted [\d,]+ voxels, brush 8 mm, slice \d+/ })
      .filter({ hasText: LESION })
      .last()
      .click()
    await b.tab('Annotations')
    expect(await changed(all, LESION, before)).toBeLessThan(before)
  })
  for (const person of all) await person.leave()
})
