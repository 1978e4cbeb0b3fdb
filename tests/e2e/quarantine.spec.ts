/** A person looks at an ultrasound that waits, blacks out the name in it, and lets it in; what they do not want they discard. */

import type { Series } from '@consilium/contract/studies'
import { samplesOver } from '@consilium/imaging/samples'
import { expect, type Page, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { madeUltrasound, TEXT, US_COLUMNS, US_ROWS } from '../import/ultrasound.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const MANAGER: Account = { name: 'Dr Q. Manager', login: 'q-manager', password: 'a long password' }
const READER: Account = { name: 'Dr Q. Reader', login: 'q-reader', password: 'a long password' }
const FRAMES = 5

/** Where a pixel of the picture is on the screen. */
async function onScreen(page: Page, column: number, row: number): Promise<[x: number, y: number]> {
  const edge = await page.getByRole('img', { name: /^Frame/ }).boundingBox()
  if (!edge) throw new Error('there is no picture')
  return [edge.x + (column / US_COLUMNS) * edge.width, edge.y + (row / US_ROWS) * edge.height]
}

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  await page.mouse.move(...(await onScreen(page, ...from)))
  await page.mouse.down()
  await page.mouse.move(...(await onScreen(page, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2)))
  await page.mouse.move(...(await onScreen(page, ...to)))
  await page.mouse.up()
}

test('[Q12] a name in a picture is blacked out on the page, and the rest is read', async ({
  browser,
}, info) => {
  await makeAccount(MANAGER)
  await makeAccount(READER)
  const project = await makeProject('Ultrasound', 'USQ', [
    [MANAGER.name, 'manager'],
    [READER.name, 'reader'],
  ])
  const client = new Client(info.project.use.baseURL ?? '')
  await client.signIn(MANAGER.login, MANAGER.password)
  await importFiles(client, [await madeUltrasound({ variant: 61, frames: FRAMES })], project)
  await importFiles(client, [await madeUltrasound({ variant: 62, frames: 1, colour: true })], project)

  const manager = await Person.signIn(browser, MANAGER)
  const { page } = manager
  const waiting = page.getByRole('list', { name: 'What waits' }).getByRole('listitem')
  const picture = async (name: string) => {
    for (const [width, height] of [
      [1920, 1080],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: info.outputPath(`${name}-${width}.png`) })
    }
  }

  await test.step('what waits is listed, with reasons', async () => {
    await page.goto(`/projects/${project}/quarantine`)
    await expect(waiting).toHaveCount(2)
    await expect(page.getByRole('link', { name: /Quarantine 2/ })).toBeVisible()
    await expect(page.getByText(/names and dates are often written into these/).first()).toBeVisible()
    expect(await faults(page)).toEqual([])
    await picture('list')
  })

  await test.step('regions are drawn, moved and resized', async () => {
    await page.getByRole('link', { name: new RegExp(`^Look at .* ${FRAMES}`) }).click()
    await expect(page.getByRole('img', { name: `Frame 1 of ${FRAMES}` })).toBeVisible()
    const region = page.getByRole('button', { name: /^Region 1/ })
    const right = TEXT.column + TEXT.columns
    const bottom = TEXT.row + TEXT.rows
    // From the middle of a pixel to the middle of another: both are in it.
    await drag(page, [TEXT.column + 2.5, TEXT.row + 0.5], [right - 20.5, bottom - 0.5])
    await expect(region).toHaveAccessibleName(
      `Region 1: ${TEXT.columns - 22} by ${TEXT.rows} pixels, ${TEXT.column + 2} from the left, ${TEXT.row} from the top`,
    )
    const side = (name: string) => page.getByRole('group', { name: /^Region 1/ }).getByLabel(name)
    await drag(page, [30.5, TEXT.row + 4.5], [28.5, TEXT.row + 4.5])
    await expect(side('From left')).toHaveValue(String(TEXT.column))
    await drag(page, [right - 22, bottom], [right - 0.5, bottom - 0.5])
    await expect(side('Width')).toHaveValue(String(TEXT.columns))
    await expect(region).toBeFocused()
    await page.keyboard.press('Shift+ArrowDown')
    await expect(side('From top')).toHaveValue(String(TEXT.row + 10))
    await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Alt+ArrowDown')
    await expect(side('Height')).toHaveValue(String(TEXT.rows + 1))
    await side('From top').fill(String(TEXT.row))
    await side('Height').fill(String(TEXT.rows))

    await page.getByRole('button', { name: 'Add a region' }).click()
    await page.getByRole('button', { name: /^Region 2/ }).press('Delete')
    await expect(page.getByRole('button', { name: /^Region 2/ })).toHaveCount(0)
    await expect(region).toHaveAccessibleName(
      `Region 1: ${TEXT.columns} by ${TEXT.rows} pixels, ${TEXT.column} from the left, ${TEXT.row} from the top`,
    )
  })

  await test.step('all frames are stepped through, and nothing keeps out who does not see or point', async () => {
    await page.getByRole('button', { name: 'Next frame' }).click()
    await expect(page.getByRole('img', { name: `Frame 2 of ${FRAMES}` })).toHaveJSProperty('complete', true)
    await page.getByRole('slider', { name: 'Frame' }).press('End')
    await expect(page.getByRole('img', { name: `Frame ${FRAMES} of ${FRAMES}` })).toBeVisible()
    expect(await faults(page)).toEqual([])
    await picture('look')
    await page.getByRole('button', { name: '100 %' }).click()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Fit', exact: true }).click()
  })

  await test.step('the decision says what becomes of the pictures, and they come in without the name', async () => {
    await page.getByRole('button', { name: 'Black out and let in' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('deleted for good')
    await expect(dialog).toContainText('3 of 5 frames were on this screen so far')
    await page.screenshot({ path: info.outputPath('decide-1440.png') })
    await dialog.getByRole('button', { name: 'Black out and let in' }).click()
    await expect(page.getByRole('heading', { name: 'The pictures are in' })).toBeVisible()
    await picture('in')
    expect(await faults(page)).toEqual([])
  })

  const [made] = await client.get<{ id: string; key: string }[]>(`/projects/${project}/cases`)
  const [series] = await client.get<Series[]>(`/cases/${made?.id}/series`)
  for (let n = 0; n < FRAMES; n++) {
    const answer = await client.ask('GET', `/series/${series?.id}/frames/${n}`)
    const frame = samplesOver('uint16', await answer.arrayBuffer())
    for (let row = 0; row < TEXT.rows; row++) {
      const start = (TEXT.row + row) * US_COLUMNS + TEXT.column
      expect(new Set(frame.subarray(start, start + TEXT.columns))).toEqual(new Set([0]))
    }
    expect(Math.max(...frame)).toBeGreaterThan(100)
  }

  await test.step('what is not wanted is discarded, and nothing waits any more', async () => {
    await page.getByRole('link', { name: 'Back to what waits' }).click()
    await expect(waiting).toHaveCount(1)
    await page.getByRole('link', { name: /^Look at/ }).click()
    await expect(page.getByRole('img', { name: 'Frame 1 of 1' })).toBeVisible()
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(page.getByRole('dialog')).toContainText('deleted here for good')
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
    await expect(page.getByRole('heading', { name: 'The pictures are discarded' })).toBeVisible()
    await page.getByRole('link', { name: 'Back to what waits' }).click()
    await expect(page.getByText('Nothing waits here')).toBeVisible()
    expect(await faults(page)).toEqual([])
    await picture('empty')
  })

  await test.step('a reader opens the case, and sees nothing of what waits', async () => {
    const reader = await Person.signIn(browser, READER)
    await reader.page.goto(`/projects/${project}/quarantine`)
    await expect(reader.page.getByText('Your role does not import studies')).toBeVisible()
    await expect(reader.page.getByRole('link', { name: /^Quarantine/ })).toHaveCount(0)
    await reader.page.goto(`/cases/${made?.id}`)
    await expect(reader.stage).toHaveAttribute('data-frames-here', String(FRAMES))
    await reader.leave()
  })
  await manager.leave()
})
