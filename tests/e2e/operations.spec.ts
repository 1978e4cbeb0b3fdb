/** Operations on segments in the page, beside somebody else; masks that go out as files and come in again. */
import { readFileSync } from 'node:fs'
import { type Browser, expect, type Locator, test } from '@playwright/test'
import { writeMasks } from '../../packages/interchange/src/masks/write.ts'
import { importFiles } from '../import/door.ts'
import { madeSeries } from '../import/made.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'
import {
  changed,
  choose,
  makeSegment,
  operate,
  rowOf,
  segments,
  setNumber,
  steps,
  voxels,
} from './segments.ts'

const KEEPER: Account = { name: 'Dr K. Operator', login: 'k-operator', password: 'a long password' }
const ANN: Account = { name: 'Dr A. Operator', login: 'a-operator', password: 'a long password' }
const BEN: Account = { name: 'Dr B. Operator', login: 'b-operator', password: 'a long password' }
const SLICES = 20

let address = ''
test.beforeAll(async () => {
  for (const account of [KEEPER, ANN, BEN]) await makeAccount(account)
  const project = await makeProject('Operated series', 'OPR', [
    [KEEPER.name, 'manager'],
    [ANN.name, 'reader'],
    [BEN.name, 'reader'],
  ])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(KEEPER.login, KEEPER.password)
  const [made] = (await importFiles(client, await madeSeries({ slices: SLICES, variant: 211 }), project))
    .series
  address = `/cases/${made?.case}`
})

async function open(browser: Browser, account: Account): Promise<Person> {
  const person = await Person.signIn(browser, account)
  await person.page.goto(address)
  await person.live()
  await expect(person.stage).toHaveAttribute('data-frames-here', String(SLICES))
  return person
}

async function line(person: Person, from: [number, number], to: [number, number]): Promise<void> {
  await person.drag(await person.at(...from), await person.at(...to))
}

const undo = ({ page }: Person): Locator => page.getByRole('button', { name: /^Undo/ })

test('[M115] [M119] [M122] operations in the page are one act each, seen by the other as soon as they are done; masks go out and come in', async ({
  browser,
}) => {
  const a = await open(browser, ANN)
  const b = await open(browser, BEN)
  const { page } = a
  await makeSegment(a, 'Nodule')
  await setNumber(a, 'Size', 2)
  await steps(a, -2)
  await line(a, [0.4, 0.45], [0.6, 0.45])
  await steps(a, 4)
  await line(a, [0.42, 0.5], [0.58, 0.5])
  const ends = await changed([a, b], 'Nodule', 0)

  let filled = 0
  await test.step('slices between painted ones are hatched until they are confirmed, and nobody else sees them', async () => {
    await operate(a, 'Fill between slices')
    const computed = page.getByRole('group', { name: 'Computed slices' })
    await expect(computed).toContainText('were computed')
    await page.screenshot({ path: 'test-results/operations-computed.png' })
    expect(await faults(page)).toEqual([])
    await computed.getByRole('button', { name: 'Let go' }).click()
    await operate(a, 'Fill between slices')
    await expect(computed).toBeVisible()
    expect(await voxels(b.page, 'Nodule')).toBe(ends)
    await computed.getByRole('button', { name: 'Confirm' }).click()
    filled = await changed([a, b], 'Nodule', ends)
    expect(filled).toBeGreaterThan(ends)
    await expect(undo(a)).toHaveAccessibleName('Undo filling between slices of Nodule')
    await undo(a).click()
    expect(await changed([a, b], 'Nodule', filled)).toBe(ends)
    await page.keyboard.press('Control+Shift+z')
    expect(await changed([a, b], 'Nodule', ends)).toBe(filled)
  })

  await test.step('what comes to nothing is refused in a sentence', async () => {
    await operate(a, 'Fill between slices')
    await expect(page.getByText('No slice lies bare between painted ones.')).toBeVisible()
    await expect(undo(a)).toHaveAccessibleName('Undo filling between slices of Nodule')
  })

  await test.step('it grows by mm, and keeps its largest part', async () => {
    await operate(a, 'Grow')
    const grown = await changed([a, b], 'Nodule', filled)
    expect(grown).toBeGreaterThan(filled)
    await a.tool('Brush')
    await setNumber(a, 'Size', 0.4)
    await a.click(await a.at(0.5, 0.92))
    const spot = await changed([a, b], 'Nodule', grown)
    await operate(a, 'Keep the largest part')
    expect(await changed([a, b], 'Nodule', spot)).toBe(grown)
  })

  await test.step('an outline is filled by a click, and cleared by one with Shift; values grow from a place', async () => {
    await makeSegment(b, 'Ring')
    await setNumber(b, 'Size', 1)
    for (const [from, to] of [
      [
        [0.4, 0.35],
        [0.6, 0.35],
      ],
      [
        [0.6, 0.35],
        [0.6, 0.65],
      ],
      [
        [0.6, 0.65],
        [0.4, 0.65],
      ],
      [
        [0.4, 0.65],
        [0.4, 0.35],
      ],
    ] as const)
      await line(b, [...from], [...to])
    const ring = await changed([b, a], 'Ring', 0)
    await b.tool('Fill')
    await b.click(await b.at(0.5, 0.5))
    const disc = await changed([b, a], 'Ring', ring)
    expect(disc).toBeGreaterThan(ring)
    await b.page.keyboard.down('Shift')
    await b.click(await b.at(0.5, 0.5))
    await b.page.keyboard.up('Shift')
    expect(await changed([b, a], 'Ring', disc)).toBe(0)
    await b.click(await b.at(0.5, 0.5))
    await expect(b.page.getByText(/^Nothing encloses this place/)).toBeVisible()
    await b.tool('Grow by values')
    await setNumber(b, 'Tolerance', 100)
    await b.click(await b.at(0.5, 0.5))
    expect(await changed([b, a], 'Ring', 0)).toBeLessThan(12)
  })

  await test.step('a lasso, a ball and the threshold brush paint; exclusively, and where nothing is locked', async () => {
    await choose(b, 'Nodule')
    await b.tool('Paint lasso')
    const before = await voxels(b.page, 'Nodule')
    await b.page.getByRole('button', { name: 'Exclusive' }).click()
    await b.press(await b.at(0.35, 0.3))
    for (const [x, y] of [
      [0.65, 0.3],
      [0.65, 0.7],
      [0.35, 0.7],
    ] as const)
      await b.move(await b.at(x, y))
    await b.release()
    const taken = await changed([b, a], 'Nodule', before)
    await expect(rowOf(a.page, 'Ring')).toHaveAttribute('data-voxels', '0')
    await rowOf(b.page, 'Nodule')
      .getByRole('button', { name: /^Lock Nodule/ })
      .click()
    await operate(b, 'Smooth')
    await expect(b.page.getByText('Nodule is locked. Unlock it in the list to paint in it.')).toBeVisible()
    await rowOf(b.page, 'Nodule').getByRole('button', { name: 'Unlock Nodule' }).click()
    await b.tool('Threshold brush')
    await b.page.getByRole('toolbar', { name: 'Options' }).getByText('3D', { exact: true }).click()
    await setNumber(b, 'Size', 6)
    await b.click(await b.at(0.2, 0.2))
    expect(await changed([b, a], 'Nodule', taken)).toBeGreaterThan(taken)
  })

  await test.step('one goes to its largest slice, and deletes what is not needed', async () => {
    await choose(a, 'Nodule')
    await segments(page).getByRole('button', { name: 'Largest slice' }).click()
    await expect(segments(page).getByTestId('slice-area')).not.toHaveText(/^0/)
    await choose(b, 'Ring')
    await segments(b.page).getByRole('button', { name: 'Delete', exact: true }).click()
    await b.page.getByLabel('Why is this segment deleted?').fill('Made by mistake')
    await b.page.getByRole('button', { name: 'Delete segment' }).click()
    await expect(rowOf(page, 'Ring')).toHaveCount(0)
  })

  await test.step('a mask that goes out comes in again as it was; one on another grid is refused', async () => {
    const count = await voxels(page, 'Nodule')
    const saved: Promise<string>[] = []
    page.on('download', (download) => saved.push(download.path()))
    await segments(page).getByRole('button', { name: 'Masks as files' }).click()
    await page.getByRole('menuitem', { name: 'Save as NIfTI' }).click()
    await expect.poll(() => saved.length).toBe(2)
    const bytes = (await Promise.all(saved)).map((path) => readFileSync(path))
    const mask = bytes.find((file) => file[0] === 0x1f && file[1] === 0x8b)
    expect(bytes.some((file) => file.toString().includes('Nodule'))).toBe(true)
    const choice = page.getByLabel('File with a mask')
    const file = (buffer: Buffer) => ({ name: 'mask.nii.gz', mimeType: 'application/gzip', buffer })
    await choice.setInputFiles(file(mask ?? Buffer.alloc(0)))
    await expect(segments(page).locator(`[data-voxels="${count}"]`)).toHaveCount(2)
    await expect(segments(b.page).locator(`[data-voxels="${count}"]`)).toHaveCount(2)
    await expect(undo(a)).toHaveAccessibleName('Undo bringing in 1 mask')
    await undo(a).click()
    await expect(segments(b.page).getByRole('listitem')).toHaveCount(1)
    const [other] = (
      await writeMasks(
        {
          rows: 4,
          columns: 4,
          spacing: { row: 1, column: 1, slice: 1 },
          direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
          positions: [
            [0, 0, 0],
            [0, 0, 1],
          ],
          frameOfReference: '1.2.3',
        },
        [{ name: 'x', colour: '#ffffff', runs: { shape: 'runs', rows: Int32Array.of(0, 0, 0, 2) } }],
        'other',
      )
    ).files
    await choice.setInputFiles(file(Buffer.from(other?.bytes ?? [])))
    await expect(page.getByText(/^The mask has [\d ×]+ voxels, the series 32 × 24 × 20\./)).toBeVisible()
    await expect(segments(page).getByRole('listitem')).toHaveCount(1)
  })
  await a.saved()
  await page.screenshot({ path: 'test-results/operations-done.png' })
  expect(await faults(page)).toEqual([])
  await a.leave()
  await b.leave()
})
