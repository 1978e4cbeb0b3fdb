/** Several series of a case at once: side by side, linked by millimetre, and as the project says that its cases hang. */

import type { Series } from '@consilium/contract/studies'
import { dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { madeSeries, NORMAL, positionAt, SPACING } from '../import/made.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { faults } from './axe.ts'
import { Person } from './people.ts'

const SLICES = 12
/** The second series begins so many of its slices further along. */
const SHIFT = 4
const KEEPER: Account = { name: 'Dr K. Hanging', login: 'hanging', password: 'correct horse' }

/** What opens beside each other, and what comes after it. */
const RULES = [
  {
    name: 'Side by side',
    when: { modalities: ['CT'] },
    stages: [
      { layout: 'two', panes: [{ series: { nth: 2 } }, { window: { center: 100, width: 500 } }] },
      { layout: 'one', panes: [{ series: { nth: 3 } }] },
    ],
  },
]

/** A study of three series: the second in the space of the first, the third in another. Nobody has said yet how it hangs. */
async function openStudy(browser: Browser): Promise<{ person: Person; client: Client; project: string }> {
  await makeAccount(KEEPER)
  const project = await makeProject('Several series', 'SEV', [[KEEPER.name, 'manager']])
  const client = new Client(process.env.CONSILIUM_E2E_URL ?? '')
  await client.signIn(KEEPER.login, KEEPER.password)
  const made = { slices: SLICES, variant: 91 }
  const files = [
    ...(await madeSeries(made)),
    ...(await madeSeries({
      ...made,
      beside: { series: 2, sameSpace: true, shiftMm: SHIFT * SPACING.slice },
    })),
    ...(await madeSeries({ ...made, beside: { series: 3, sameSpace: false } })),
  ].map((file, n) => ({ ...file, name: `${n}.dcm` }))
  const [first] = (await importFiles(client, files, project)).series
  const person = await Person.signIn(browser, KEEPER)
  await person.page.goto(`/cases/${first?.case}`)
  await expect(person.stage).toHaveAttribute('data-frames-here', String(SLICES))
  return { person, client, project }
}

const pane = (page: Page, n: number): Locator => page.locator(`[data-pane="${n}"]`)
const rail = (page: Page): Locator => page.getByRole('list', { name: 'Series' }).getByRole('button')
const shows = (shown: Locator, slice: number): Promise<void> =>
  expect(shown).toHaveAttribute('data-frame', String(slice - 1))

/** By the menu beside the layouts. */
async function link(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: /^Panes: / }).click()
  await page.getByRole('menuitem', { name: title }).click()
  await expect(page.locator('#stage .cs-picture')).toBeFocused()
}

test('[V16] [V17] [V18] [V20] series of a case stand side by side, go together by the millimetre where they share a space, and hang as the project says', async ({
  browser,
}) => {
  const { person, client, project } = await openStudy(browser)
  const { page } = person
  const [left, right] = [pane(page, 0), pane(page, 1)]
  const series = await client.get<Series[]>(`/cases/${page.url().split('/').at(-1)}/series`)
  const sharing = (n: number) =>
    series.filter(({ frameOfReference }) => frameOfReference === series[n]?.frameOfReference).length
  const along = (n: number) =>
    dot(subtract(series[n]?.firstPosition as unknown as Vec3, positionAt(0) as unknown as Vec3), NORMAL)
  const [first, later, apart] = [
    [0, 1, 2].find((n) => sharing(n) === 2 && along(n) < 1),
    [0, 1, 2].find((n) => sharing(n) === 2 && along(n) > 1),
    [0, 1, 2].find((n) => sharing(n) === 1),
  ] as [number, number, number]

  await test.step('each is a small picture with what it is and how much of it is here', async () => {
    await expect(rail(page)).toHaveCount(3)
    for (const n of [0, 1, 2])
      await expect(rail(page).nth(n)).toHaveAccessibleName(/^Series \d, CT.*, 12 slices\. All here\./)
  })

  await test.step('one is drawn onto a pane beside the other', async () => {
    await rail(page).nth(first).click()
    await page.keyboard.press('Alt+2')
    await rail(page).nth(later).dragTo(right)
    await expect(right).toHaveAttribute('data-series', series[later]?.id ?? '')
    await expect(left).toHaveAttribute('data-series', series[first]?.id ?? '')
    await expect(rail(page).nth(later)).toHaveAccessibleName(/In pane 2\.$/)
    expect(await faults(page)).toEqual([])
  })

  await test.step('linked they show the same millimetre, wherever their slices begin', async () => {
    await left.click({ position: { x: 20, y: 200 } })
    await link(page, 'Linked by place')
    await page.keyboard.press('End')
    await shows(left, SLICES)
    await shows(right, SLICES - SHIFT)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await shows(right, SLICES - SHIFT - 2)
    // Before its first slice it shows that.
    await page.keyboard.press('Home')
    await shows(right, 1)
  })

  await test.step('of another frame of reference it stays, says why, and goes along as it lies', async () => {
    await rail(page).nth(apart).dragTo(right)
    await expect(right).toHaveAttribute('data-series', series[apart]?.id ?? '')
    await left.click({ position: { x: 20, y: 200 } })
    await link(page, 'Linked by place')
    await expect(page.getByRole('alert')).toContainText('has another frame of reference')
    await shows(right, SLICES / 2 + 1)
    await page.keyboard.press('ArrowDown')
    await shows(left, 2)
    await shows(right, SLICES / 2 + 1)
    await link(page, 'Linked as they lie')
    await page.keyboard.press('ArrowDown')
    await shows(left, 3)
    await shows(right, SLICES / 2 + 2)
  })

  await test.step('the project says how its cases open', async () => {
    await page.goto(`/projects/${project}/hanging`)
    const rules = page.getByRole('textbox', { name: 'Rules, as JSON' })
    await rules.fill(JSON.stringify(RULES).replace('"layout":"two"', '"layout":"four"'))
    await expect(
      page.getByText('Rule 1, stage 1, panes: the layout "four" has 4 of them, not 2.'),
    ).toBeVisible()
    await rules.fill(JSON.stringify(RULES))
    await page.getByRole('button', { name: 'Save the rules' }).click()
    await expect(page.getByText('1 rule', { exact: true })).toBeVisible()
    expect(await faults(page)).toEqual([])

    await page.goto(`/cases/${series[0]?.case}`)
    await expect(left).toHaveAttribute('data-series', series[1]?.id ?? '')
    await expect(right).toHaveAttribute('data-series', series[0]?.id ?? '')
    await right.click({ position: { x: 20, y: 200 } })
    await expect(page.getByRole('button', { name: /^Window: .*100 \/ 500/ })).toBeVisible()
    await page.keyboard.press('.')
    await expect(right).toHaveCount(0)
    await expect(left).toHaveAttribute('data-series', series[2]?.id ?? '')
    await page.keyboard.press('PageUp')
    await expect(left).toHaveAttribute('data-series', series[1]?.id ?? '')
  })

  await test.step('[V30] [V31] [V32] beside it opens the case that is said to be its prior, for looking only', async () => {
    const files = await madeSeries({ slices: SLICES, variant: 92 })
    const [earlier] = (await importFiles(client, files, project)).series
    const { key } = await client.get<{ key: string }>(`/cases/${earlier?.case}`)
    await test.step('[W151] a list that is open before its entries are here gets them, and goes on by keys', async () => {
      const opened = Promise.withResolvers<void>()
      await page.route(/\/projects\/[^/]+\/cases$/, async (route) => {
        await opened.promise
        await route.continue()
      })
      await page.goto(`/cases/${series[0]?.case}/study`)
      await page.getByRole('button', { name: /^Prior, opened beside it/ }).click()
      await expect(page.getByRole('option')).toHaveText(['No prior'])
      opened.resolve()
      const option = page.getByRole('option', { name: new RegExp(key) })
      await expect(option).toBeVisible()
      await page.keyboard.press('ArrowDown')
      await expect(option).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(option).toHaveCount(0)
      await page.unrouteAll({ behavior: 'wait' })
    })
    await page.getByLabel('Days earlier').fill('412')
    await page.getByRole('button', { name: 'Set the prior' }).click()
    await expect(page.getByRole('button', { name: 'Set the prior' })).toBeDisabled()
    expect(await faults(page)).toEqual([])

    await test.step('[V99] [W145] what somebody else says of it is seen on the page of the study too', async () => {
      const say = (wanted: object) => client.ask('PUT', `/cases/${series[0]?.case}/prior`, wanted)
      const prior = page.getByRole('button', { name: /^Prior, opened beside it/ })
      await say({ case: null })
      await expect(prior).toHaveText('No prior')
      await say({ case: earlier?.case, days: 400 })
      await expect(prior).toContainText(key)
      await expect(page.getByLabel('Days earlier')).toHaveValue('400')
      // What one has begun stays.
      await page.getByLabel('Days earlier').fill('412')
      await say({ case: earlier?.case, days: 390 })
      await page.waitForResponse((answer) => answer.url().endsWith(`/cases/${series[0]?.case}`))
      await expect(page.getByLabel('Days earlier')).toHaveValue('412')
      await page.getByRole('button', { name: 'Set the prior' }).click()
      await expect(page.getByRole('button', { name: 'Set the prior' })).toBeDisabled()
    })

    const stages = [{ layout: 'one', panes: [{ series: { nth: 2 } }], prior: 'beside' }]
    const hanging = [{ name: 'With its prior', when: { prior: true }, stages }]
    expect((await client.ask('PATCH', `/projects/${project}`, { hanging })).status).toBe(200)
    await page.goto(`/cases/${series[0]?.case}`)
    await expect(right).toHaveAttribute('data-series', earlier?.id ?? '')
    await expect(left).toHaveAttribute('data-series', series[1]?.id ?? '')
    await expect(right).toContainText(`Prior ${key} · CT`)
    await expect(right).toContainText('412\u00a0days earlier')
    const prior = page.getByRole('list', { name: new RegExp(`^Prior ${key}`) }).getByRole('button')
    await expect(prior).toHaveAccessibleName(/^Prior series 1, CT.*In pane 2\.$/)
    await right.click({ position: { x: 20, y: 200 } })
    await expect(page.getByTestId('denied')).toHaveText(/^This is the prior/)
    await left.click({ position: { x: 20, y: 200 } })
    await expect(page.getByTestId('denied')).not.toHaveText(/^This is the prior/)
    expect(await faults(page)).toEqual([])

    await test.step('[V35] and it goes and comes while the case is open', async () => {
      const say = (wanted: object) => client.ask('PUT', `/cases/${series[0]?.case}/prior`, wanted)
      await say({ case: null })
      await expect(prior).toHaveCount(0)
      await expect(right).toHaveAttribute('data-series', new RegExp(series.map(({ id }) => id).join('|')))
      await page.getByRole('button', { name: 'Understood' }).click()
      await say({ case: earlier?.case, days: 30 })
      await expect(page.getByText(/30\sdays earlier, belongs to this case now/)).toBeVisible()
      await expect(prior).toHaveCount(1)
      await page.getByRole('button', { name: 'Open it beside' }).click()
      await expect(right).toHaveAttribute('data-series', earlier?.id ?? '')
      await expect(right).toContainText('30\u00a0days earlier')
      expect(await faults(page)).toEqual([])
    })
  })
  await person.leave()
})
