/** How pictures hang and look: turned and mirrored with their letters and marks, in windows and colours, and PET in uptake. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { niftiBytes } from '../../packages/imaging/src/testing/nifti.ts'
import { importFiles } from '../import/door.ts'
import { PET_SLICES, petSeries } from '../import/pet.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const CASE = 'LN-0001'

const letters = async (person: Person): Promise<string> => {
  const of = (edge: string) => person.stage.locator(`[data-edge=${edge}]`).textContent()
  return (await Promise.all(['left', 'right', 'top', 'bottom'].map(of))).join(' ')
}

/** Red, green and blue of what stands on the screen at parts of the pane, in rows, once the last key is on it. */
const picture = (page: Page): Promise<number[][]> =>
  page.evaluate(async () => {
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
    const canvas = document.querySelector<HTMLCanvasElement>('#stage .cs-picture > canvas')
    const paint = canvas?.getContext('2d')
    if (!canvas || !paint) return []
    const { width, height } = canvas
    const { data } = paint.getImageData(0, 0, width, height)
    const size = Math.min(width, height) & ~1
    const [left, top] = [(width - size) / 2, (height - size) / 2]
    const points: number[][] = []
    for (let y = 2; y < size; y += 7)
      for (let x = 2; x < size; x += 7) {
        // Each point and its mirror images lie on pixels that lie in the same way to the middle.
        const at = (px: number, py: number): number[] => {
          const i = (Math.floor(top + py) * width + Math.floor(left + px)) * 4
          return [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0]
        }
        points.push([...at(x, y), ...at(size - 1 - x, y), ...at(x, size - 1 - y)])
      }
    return points
  })

/** Share of points that look alike in both. */
const alike = (a: number[][], b: number[][], part: number): number =>
  a.filter((point, i) => Math.abs((point[0] ?? 0) - (b[i]?.[part] ?? -999)) <= 8).length / a.length

test('[V50] [V51] [V52] [V53] [V55] a picture is turned, mirrored, windowed and coloured, and whoever follows sees it so', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) await person.openCase(CASE)
  await b.page.getByRole('button', { name: 'Follow Dr A. Okafor' }).click()
  await a.page.mouse.move(0, 0)

  await test.step('mirrored and turned by keys, in every pixel', async () => {
    expect(await letters(a)).toBe('R L A P')
    await a.page.keyboard.press('Shift+I')
    const upright = await picture(a.page)
    await a.page.keyboard.press('h')
    await expect(a.stage.locator('.cs-warning')).toHaveText('Mirrored: R is on the right')
    expect(await letters(a)).toBe('L R A P')
    expect(alike(upright, await picture(a.page), 3)).toBeGreaterThan(0.97)
    await a.page.keyboard.press('h')
    await a.page.keyboard.press('v')
    // Nothing else says that both keys are on the screen.
    await expect.poll(() => letters(a)).toBe('R L P A')
    expect(alike(upright, await picture(a.page), 6)).toBeGreaterThan(0.97)
    await a.page.keyboard.press('r')
    await expect.poll(() => letters(a)).toBe('A P R L')
    await expect.poll(() => letters(b)).toBe('A P R L')
    await expect(b.stage.locator('.cs-warning')).toHaveText('Mirrored')
  })

  await test.step('the pointer tells places as the picture hangs', async () => {
    const x = async (part: number): Promise<number> => {
      const at = await a.at(0.5, part)
      await a.page.mouse.move(at.x, at.y)
      await expect(a.page.getByTestId('probe')).toHaveText(/^x .*\d mm$/)
      return Number(
        /x (−?[\d.]+)/.exec((await a.page.getByTestId('probe').textContent()) ?? '')?.[1]?.replace('−', '-'),
      )
    }
    // The patient's right is at the top: there x is least.
    expect(await x(0.3)).toBeLessThan(await x(0.7))
  })

  await test.step('a window is typed, and made of the slice', async () => {
    const corner = a.stage.locator('.cs-bottom-left')
    await a.stage.locator('.cs-window').dblclick({ position: { x: 8, y: 8 } })
    const width = a.page.getByRole('textbox', { name: 'Window width' })
    await expect(width).toBeFocused()
    expect(await faults(a.page)).toEqual([])
    await width.fill('0')
    await a.page.keyboard.press('Enter')
    await expect(width).toHaveAttribute('aria-invalid', 'true')
    await width.fill('1 500')
    await a.page.getByRole('textbox', { name: 'Window level' }).fill('−600')
    await a.page.keyboard.press('Enter')
    await expect(corner).toContainText('W 1500 · L −600')
    await expect(a.page.getByRole('button', { name: /^Window: Lung −600 \/ 1\s500$/i })).toBeVisible()
    await a.page.getByRole('button', { name: /^Window: / }).click()
    await a.page.getByRole('menuitem', { name: /^Type numbers/ }).click()
    await expect(width).toBeFocused()
    await a.page.keyboard.press('Escape')
    await expect(width).toHaveCount(0)
    await a.page.keyboard.press('0')
    await expect(corner).not.toContainText('W 1500')
  })

  await test.step('a window is dragged: across for its width, down for its level', async () => {
    const told = async (): Promise<readonly [width: number, level: number]> => {
      const text = (await a.stage.locator('.cs-bottom-left').textContent()) ?? ''
      const [, width = '', level = ''] = /W (\d+) · L ([−\d]+)/.exec(text) ?? []
      return [Number(width), Number(level.replace('−', '-'))]
    }
    await a.tool('Window')
    const [width, level] = await told()
    const middle = await a.at(0.5, 0.5)
    await a.drag(middle, { x: middle.x + 60, y: middle.y })
    const [wider, same] = await told()
    expect(wider).toBeGreaterThan(width)
    expect(same).toBe(level)
    await a.drag(middle, { x: middle.x, y: middle.y + 60 })
    const [kept, moved] = await told()
    expect(kept).toBe(wider)
    expect(moved).not.toBe(level)
    await expect(b.stage.locator('.cs-bottom-left')).toContainText(`W ${kept}`)
    await a.tool('Select')
    await a.page.keyboard.press('0')
  })

  await test.step('colours come from the bar, and stand beside their values', async () => {
    await a.page.getByRole('button', { name: 'Picture: turn, mirror, colours' }).click()
    expect(await faults(a.page)).toEqual([])
    await a.page.getByRole('menuitem', { name: 'Hot iron' }).click()
    await expect(a.stage.locator('.cs-colours')).toBeVisible()
    const isIron = async (person: Person): Promise<boolean> => {
      const points = await picture(person.page)
      // Red comes before green, green before blue.
      return (
        points.some(([red = 0, , blue = 0]) => red - blue > 100) &&
        points.every(([red = 0, green = 0, blue = 0]) => red >= green && green >= blue)
      )
    }
    await expect.poll(() => isIron(a)).toBe(true)
    await expect.poll(() => isIron(b)).toBe(true)
    await a.page.keyboard.press('Space')
    await expect.poll(() => letters(b)).toBe('R L A P')
    await expect(b.stage.locator('.cs-colours')).toBeHidden()
  })
  await a.leave()
  await b.leave()
})

const READER: Account = { name: 'Dr P. Positron', login: 'p-positron', password: 'a long password' }

async function openPet(browser: Browser): Promise<{ person: Person; weightless: string }> {
  await makeAccount(READER)
  const project = await makeProject('PET phantom', 'PET', [[READER.name, 'manager']])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(READER.login, READER.password)
  const [made] = (await importFiles(client, await petSeries(), project)).series
  const [without] = (await importFiles(client, await petSeries([0x00101030], 2), project)).series
  const person = await Person.signIn(browser, READER)
  await person.page.goto(`/cases/${made?.case}`)
  await expect(person.stage).toHaveAttribute('data-frames-here', String(PET_SLICES))
  return { person, weightless: without?.case ?? '' }
}

test('[V54] in a PET phantom water has an uptake of 1 and its sphere of 4, in every slice; without a weight a sentence says so', async ({
  browser,
}) => {
  const { person, weightless } = await openPet(browser)
  const value = person.page.getByTestId('value')
  for (const key of ['Home', 'End']) {
    await person.page.keyboard.press(key)
    const [sphere, water] = [await person.at(0.5, 0.5), await person.at(0.5, 0.2)]
    await person.page.mouse.move(sphere.x, sphere.y)
    await expect(value).toHaveText(/^(4\.0|3\.99)\d*\sSUVbw$/)
    await person.page.mouse.move(water.x, water.y)
    await expect(value).toHaveText(/^(1\.0|0\.99)\d*\sSUVbw$/)
  }
  await person.page.keyboard.press('4')
  await expect(person.stage.locator('.cs-bottom-left')).toContainText('W 8 · L 4')
  await person.page.goto(`/cases/${weightless}`)
  await expect(person.stage).toHaveAttribute('data-frames-here', String(PET_SLICES))
  await person.page.mouse.move((await person.at(0.5, 0.5)).x, (await person.at(0.5, 0.5)).y)
  await expect(value).toHaveText(/Bq\/ml$/)
  await person.page.getByRole('button', { name: /^Window: / }).click()
  await expect(person.page.getByText('No standardised uptake: the weight is missing.')).toBeVisible()
  await person.leave()
})

const WATCHER: Account = { name: 'Dr W. Watcher', login: 'w-watcher', password: 'a long password' }
const [PLACES, MOMENTS] = [4, 5]
/** What every voxel of a slice holds at a moment. */
const heldAt = (place: number, moment: number): number => 100 * moment + place

async function openVolumeInTime(browser: Browser): Promise<Person> {
  await makeAccount(WATCHER)
  const project = await makeProject('A volume in time', 'TIME', [[WATCHER.name, 'manager']])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(WATCHER.login, WATCHER.password)
  const values = Array.from({ length: 64 * PLACES * MOMENTS }, (_, i) =>
    heldAt(Math.floor(i / 64) % PLACES, Math.floor(i / 64 / PLACES)),
  )
  const bytes = niftiBytes({
    datatype: 4,
    shape: [8, 8, PLACES, MOMENTS],
    zooms: [2, 2, 3, 0.5],
    values,
    sformCode: 1,
    sform: [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0],
  })
  const [made] = (await importFiles(client, [{ name: 'time.nii', bytes }], project)).series
  const person = await Person.signIn(browser, WATCHER)
  await person.page.goto(`/cases/${made?.case}`)
  await expect(person.stage).toHaveAttribute('data-frames-here', String(PLACES * MOMENTS))
  return person
}

test('[W67] [V50] a slider goes through the moments of a volume at the place that is looked at, by hand, by keys and by itself', async ({
  browser,
}) => {
  const person = await openVolumeInTime(browser)
  const { page, stage } = person
  const slider = stage.getByRole('slider', { name: 'Moment' })
  const shows = async (place: number, moment: number): Promise<void> => {
    await expect(stage).toHaveAttribute('data-frame', String(moment * PLACES + place))
    await expect(slider).toHaveValue(String(moment + 1))
    await expect(slider).toHaveAttribute(
      'aria-valuetext',
      new RegExp(`slice ${place + 1} of ${PLACES}.*moment ${moment + 1} of ${MOMENTS}.*${moment / 2}`, 'i'),
    )
    // Other pixels of the same picture hold the same.
    const at = await person.at(0.5, 0.4 + moment / 50)
    await page.mouse.move(at.x, at.y)
    await expect(page.getByTestId('value')).toHaveText(new RegExp(`^${heldAt(place, moment)}(\\D|$)`))
  }
  await shows(2, 0)
  // Stored to the right and to the front; it hangs as radiologists look all the same, and that is no mirrored picture.
  expect(await letters(person)).toBe('R L A P')
  await expect(stage.locator('.cs-warning')).toBeHidden()

  await test.step('by keys on the slider and on the picture', async () => {
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    await shows(2, 1)
    await page.keyboard.press('End')
    await shows(2, MOMENTS - 1)
    await stage.locator('.cs-picture').focus()
    await page.keyboard.press('ArrowLeft')
    await shows(2, MOMENTS - 2)
    await page.keyboard.press('ArrowUp')
    await shows(1, MOMENTS - 2)
  })
  await test.step('by hand: on the slider, and with Shift and the wheel', async () => {
    const box = await slider.boundingBox()
    if (!box) throw new Error('there is no slider')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await shows(1, 2)
    await page.keyboard.down('Shift')
    await page.mouse.wheel(0, 100)
    await page.keyboard.up('Shift')
    await shows(1, 3)
    expect(await faults(page)).toEqual([])
  })
  await test.step('by itself, until it is stopped', async () => {
    const before = await stage.getAttribute('data-frame')
    await stage.getByRole('button', { name: 'Play' }).click()
    await expect(stage).not.toHaveAttribute('data-frame', before ?? '')
    await stage.getByRole('button', { name: 'Pause' }).click()
    // A moment that was begun before is painted in the next frame and told after it.
    await page.evaluate(
      () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go)))),
    )
    const stood = await stage.getAttribute('data-frame')
    expect(Number(stood) % PLACES).toBe(1)
    await shows(1, Math.floor(Number(stood) / PLACES))
  })
  await test.step('[V138] in four panes the slider keeps its length, and panes begin at the moment of the first', async () => {
    const moment = await slider.inputValue()
    await page.keyboard.press('Alt+4')
    for (const one of await page.getByRole('slider', { name: 'Moment' }).all()) {
      expect((await one.boundingBox())?.width ?? 0).toBeGreaterThan(100)
      await expect(one).toHaveValue(moment)
    }
  })
  await test.step('[V156] each goes through time on its own; linked by place they go together', async () => {
    const sliders = page.getByRole('slider', { name: 'Moment' })
    const moments = (): Promise<string[]> =>
      sliders.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
    const ends = { Home: '1', End: String(MOMENTS) }
    const before = await moments()
    expect(before.length).toBeGreaterThan(2)
    const [one, other] = before[0] === '1' ? (['End', 'Home'] as const) : (['Home', 'End'] as const)
    await sliders.first().focus()
    await page.keyboard.press(one)
    await expect.poll(moments).toEqual(before.with(0, ends[one]))
    await page.getByRole('button', { name: /^Panes: / }).click()
    await page.getByRole('menuitem', { name: 'Linked by place' }).click()
    await expect.poll(moments).toEqual(before.map(() => ends[one]))
    await sliders.last().focus()
    await page.keyboard.press(other)
    await expect.poll(moments).toEqual(before.map(() => ends[other]))
    // At the place where it was.
    const stood = (Number(ends[other]) - 1) * PLACES + 1
    await expect(page.locator('[data-pane="0"]')).toHaveAttribute('data-frame', String(stood))
  })
  await person.leave()
})
