/** Painting one segment together: what one takes back, what stays, and whose it is. */
import { type Browser, expect, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { madeSeries, SPACING } from '../import/made.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'
import { agree, choose, makeSegment, pointAt, rowOf, segments, setNumber, voxels } from './segments.ts'

const KEEPER: Account = { name: 'Dr K. Canvas', login: 'k-canvas', password: 'a long password' }
const ANN: Account = { name: 'Dr A. Painter', login: 'a-painter', password: 'a long password' }
const BEN: Account = { name: 'Dr B. Painter', login: 'b-painter', password: 'a long password' }
const SLICES = 20
const VOXEL_MM3 = SPACING.column * SPACING.row * SPACING.slice

/** A case of its own, so that nothing else is painted in it. */
let address = ''
test.beforeAll(async () => {
  for (const account of [KEEPER, ANN, BEN]) await makeAccount(account)
  const project = await makeProject('Painted series', 'PNT', [
    [KEEPER.name, 'manager'],
    [ANN.name, 'reader'],
    [BEN.name, 'reader'],
  ])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(KEEPER.login, KEEPER.password)
  const [made] = (await importFiles(client, await madeSeries({ slices: SLICES, variant: 97 }), project))
    .series
  address = `/cases/${made?.case}`
})

async function open(browser: Browser, account: Account): Promise<Person> {
  const person = await Person.signIn(browser, account)
  await person.page.goto(address)
  await ready(person)
  return person
}

async function ready(person: Person): Promise<void> {
  await person.live()
  await expect(person.stage).toHaveAttribute('data-frames-here', String(SLICES))
}

async function takeUp(person: Person, segment: string, sizeMm: number): Promise<void> {
  await choose(person, segment)
  await person.tool('Brush')
  await setNumber(person, 'Size', sizeMm)
}

/** A line across the picture at this height, as parts of its width and height. */
async function stroke(person: Person, from: number, to: number, y: number): Promise<void> {
  await person.drag(await person.at(from, y), await person.at(to, y))
  await person.saved()
}

test('[M40] [M100] [W150] A paints, B overpaints, A undoes: what B painted is unchanged for both, after a reload too, and each voxel names its painter', async ({
  browser,
}) => {
  const a = await open(browser, ANN)
  const b = await open(browser, BEN)
  await makeSegment(a, 'Nodule 1')
  await takeUp(a, 'Nodule 1', 2)
  await stroke(a, 0.3, 0.55, 0.5)
  await expect.poll(() => voxels(a.page, 'Nodule 1')).toBeGreaterThan(0)
  const first = await agree([a, b], 'Nodule 1')
  expect(await faults(a.page)).toEqual([])

  await test.step('[W150] options of the tool with most of them stand whole beside each other', async () => {
    await a.page.keyboard.press('Alt+3')
    await a.tool('Threshold brush')
    const options = a.page.getByRole('toolbar', { name: 'Options' })
    await expect(options.getByLabel('From', { exact: true })).toBeVisible()
    const cut = await options.evaluate((bar) =>
      [bar, ...bar.children].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent),
    )
    expect(cut).toEqual([])
    await a.page.keyboard.press('Alt+1')
  })

  await takeUp(b, 'Nodule 1', 2)
  await stroke(b, 0.45, 0.7, 0.5)
  await expect.poll(() => voxels(b.page, 'Nodule 1')).toBeGreaterThan(first)
  const both = await agree([a, b], 'Nodule 1')
  await expect(rowOf(a.page, 'Nodule 1')).toContainText(`${Math.round(both * VOXEL_MM3)}`)

  const undo = a.page.getByRole('button', { name: 'Undo painting in Nodule 1, slice 11', exact: true })
  await undo.click()
  await a.saved()
  await expect.poll(() => voxels(a.page, 'Nodule 1')).toBeLessThan(both)
  const left = await agree([a, b], 'Nodule 1')

  await test.step('what is left is all of B’s stroke, also where A’s lay under it', async () => {
    await b.page.keyboard.press('Control+z')
    await expect(rowOf(b.page, 'Nodule 1')).toHaveAttribute('data-voxels', '0')
    await b.page.keyboard.press('Control+Shift+z')
    await expect(rowOf(b.page, 'Nodule 1')).toHaveAttribute('data-voxels', String(left))
    await b.saved()
  })

  await test.step('a reload keeps it, and the voxel says who painted it', async () => {
    await a.page.reload()
    await ready(a)
    await expect(rowOf(a.page, 'Nodule 1')).toHaveAttribute('data-voxels', String(left))
    await a.page.keyboard.press('o')
    await pointAt(a, await a.at(0.6, 0.5))
    const card = a.page.getByRole('complementary', { name: 'Who painted this voxel' })
    await expect(card).toContainText(BEN.name)
    await expect(card).toContainText('Painted with the brush, slice 11')
    await expect(card).toContainText(/revision \d+/)
  })

  await test.step('after the reload A still takes back what A painted, and nothing of B’s', async () => {
    await a.page.keyboard.press('o')
    await takeUp(a, 'Nodule 1', 2)
    await stroke(a, 0.3, 0.55, 0.3)
    await expect.poll(() => voxels(a.page, 'Nodule 1')).toBeGreaterThan(left)
    await a.page.reload()
    await ready(a)
    await a.page.getByRole('button', { name: 'Undo painting in Nodule 1', exact: true }).click()
    await expect(rowOf(a.page, 'Nodule 1')).toHaveAttribute('data-voxels', String(left))
    await expect(a.page.getByRole('button', { name: 'Undo', exact: true })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
  })
  await a.leave()
  await b.leave()
})

test('[M101] a stroke is heard of while it is made; a moment of the past shows the segments as they were then', async ({
  browser,
}) => {
  const a = await open(browser, ANN)
  const b = await open(browser, BEN)
  await makeSegment(a, 'Lesion')
  await takeUp(a, 'Lesion', 3)
  const isPainting = rowOf(b.page, 'Lesion').getByRole('img', { name: `${ANN.name} is painting in it` })
  await a.press(await a.at(0.3, 0.6))
  await a.move(await a.at(0.5, 0.6))
  await expect(isPainting).toBeVisible()
  await a.release()
  await expect(isPainting).toHaveCount(0)
  await a.saved()
  const once = await agree([a, b], 'Lesion')
  expect(once).toBeGreaterThan(0)
  await stroke(a, 0.3, 0.5, 0.75)
  await expect.poll(() => voxels(b.page, 'Lesion')).toBeGreaterThan(once)
  const twice = await agree([a, b], 'Lesion')

  await b.page.keyboard.press('t')
  await b.page.keyboard.press(',')
  await expect(rowOf(b.page, 'Lesion')).toHaveAttribute('data-voxels', String(once))
  await b.page.keyboard.press('End')
  await expect(rowOf(b.page, 'Lesion')).toHaveAttribute('data-voxels', String(twice))
  await a.leave()
  await b.leave()
})

test('[M104] who painted without a connection is told what lies under newer work, and brings it to the top', async ({
  browser,
}) => {
  const a = await open(browser, ANN)
  const b = await open(browser, BEN)
  await makeSegment(a, 'Cyst')
  await takeUp(a, 'Cyst', 2)
  await takeUp(b, 'Cyst', 2)
  await a.goOffline()
  await a.drag(await a.at(0.3, 0.4), await a.at(0.5, 0.4))
  await expect.poll(() => voxels(a.page, 'Cyst')).toBeGreaterThan(0)
  const painted = await voxels(a.page, 'Cyst')
  // Twice: of two acts that were made side by side the one with the higher number lies on top.
  for (let n = 0; n < 2; n++) {
    await b.tool('Eraser')
    await stroke(b, 0.3, 0.5, 0.4)
  }
  await a.goOnline()
  await a.saved()
  const told = segments(a.page).getByText(`1 of your strokes lies under newer work of ${BEN.name}.`)
  await expect(told).toBeVisible()
  await expect(rowOf(a.page, 'Cyst')).toHaveAttribute('data-voxels', '0')
  await a.page.getByRole('button', { name: 'Bring to top' }).click()
  await expect(told).toHaveCount(0)
  for (const { page } of [a, b])
    await expect(rowOf(page, 'Cyst')).toHaveAttribute('data-voxels', String(painted))
  await a.leave()
  await b.leave()
})
