/** A picture larger than the screen: seen at once in less detail, measured only when its values are here, and seen where they do not fit. */
import type { Series } from '@consilium/contract/studies'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { importFiles } from '../import/door.ts'
import { madeRadiograph } from '../import/radiograph.ts'
import { Client } from '../support/server.ts'
import { type Account, makeAccount, makeProject } from './administrator.ts'
import { Person } from './people.ts'

const MANAGER: Account = { name: 'Dr L. Manager', login: 'l-manager', password: 'a long password' }
const [ROWS, COLUMNS] = [3_000, 2_500]
const WHOLE = /\/series\/[a-z0-9]+\/packs\//

let caseId: string

test.beforeAll(async () => {
  const url = process.env.CONSILIUM_E2E_URL ?? ''
  await makeAccount(MANAGER)
  const project = await makeProject('Large pictures', 'LGE', [[MANAGER.name, 'manager']])
  const client = new Client(url)
  await client.signIn(MANAGER.login, MANAGER.password)
  const film = await madeRadiograph({ rows: ROWS, columns: COLUMNS, variant: 71 })
  const [made] = (await importFiles(client, [film], project)).series
  caseId = made?.case ?? ''
  await expect
    .poll(async () => (await client.get<Series>(`/series/${made?.id}`)).lower, { timeout: 300_000 })
    .not.toBeNull()
})

async function opened(browser: Browser, before: (page: Page) => Promise<unknown>): Promise<Page> {
  const { page } = await Person.signIn(browser, MANAGER)
  await before(page)
  await page.goto(`/cases/${caseId}`)
  await expect(page.getByTestId('stage')).toBeVisible()
  return page
}

/** The pointer over the middle of the picture. */
async function point(page: Page): Promise<void> {
  const edge = await page.getByTestId('stage').boundingBox()
  if (!edge) throw new Error('there is no picture')
  await page.mouse.move(edge.x + edge.width / 2, edge.y + edge.height / 2)
  await expect(page.getByTestId('probe')).toHaveText(/column \d+/)
}

/** How many greys the middle of the picture has on the screen. */
const greys = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.cs-picture > canvas')
    const { data } =
      canvas?.getContext('2d')?.getImageData(canvas.width / 2 - 50, canvas.height / 2 - 50, 100, 100) ?? {}
    return new Set(data).size
  })

test('[W90] it is seen before its values are here, and then has them', async ({ browser }) => {
  let letGo = (): void => {}
  const free = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const page = await opened(browser, (before) =>
    before.route(WHOLE, async (route) => {
      await free
      await route.continue()
    }),
  )
  const coming = page.getByText('In less detail; all of it is coming')
  await expect(coming).toBeVisible()
  await point(page)
  expect(await greys(page)).toBeGreaterThan(10)
  await expect(page.getByTestId('value')).toHaveText('')
  letGo()
  await expect(coming).toBeHidden()
  await expect(page.getByTestId('value')).toHaveText(/\d/)
})

test('[W91] where its values do not fit into memory it is shown in less detail, and says so', async ({
  browser,
}) => {
  const asked: string[] = []
  const page = await opened(browser, async (before) => {
    before.on('request', (request) => asked.push(new URL(request.url()).pathname))
    // A browser that gives 8 MB at once.
    await before.addInitScript(() => {
      for (const name of ['ArrayBuffer', 'SharedArrayBuffer'] as const) {
        if (!(name in globalThis)) continue
        const given = globalThis[name]
        const limited = new Proxy(given, {
          construct(target, [bytes, ...more], made) {
            if (bytes > 8 * 2 ** 20) throw new RangeError('Array buffer allocation failed')
            return Reflect.construct(target, [bytes, ...more], made) as object
          },
        })
        Object.defineProperty(globalThis, name, { value: limited, configurable: true, writable: true })
      }
    })
  })
  await expect(page.getByText('In less detail, without values:')).toBeVisible()
  await expect.poll(() => greys(page)).toBeGreaterThan(10)
  await point(page)
  await expect(page.getByTestId('value')).toHaveText('')
  expect(asked.filter((path) => WHOLE.test(path))).toEqual([])
})
