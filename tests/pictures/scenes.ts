/**
 * The workspace with every kind of data, at both sizes that the design was drawn for. Real series come from the folder of test data, where it
 * is there; pictures of those are for looking at only. docs/workspace.png is the first one, in 256 colours.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Project } from '@consilium/contract/projects'
import type { Series } from '@consilium/contract/studies'
import { type Browser, expect, test } from '@playwright/test'
import { makeProject } from '../e2e/administrator.ts'
import { Person } from '../e2e/people.ts'
import { importFiles, type SentFile } from '../import/door.ts'
import { filesIn, hasTestData, TEST_DATA } from '../import/realSeries.ts'
import { Client } from '../support/server.ts'
import { petOfThePhantom, photographOfSkin } from './made.ts'
import { picture } from './picture.ts'

const CASE = 'LN-0001'

interface Cleared {
  readonly series: readonly Series[]
}

const real = (path: string): SentFile => ({
  name: path.split('/').at(-1) ?? path,
  bytes: readFileSync(join(TEST_DATA, path)),
})

const URL = process.env.CONSILIUM_E2E_URL ?? ''
const TITLE = 'Every kind of picture'

async function importer(): Promise<Client> {
  const client = new Client(URL)
  await client.signIn('vasquez')
  return client
}

async function projectCalled(title: string, client: Client): Promise<string | undefined> {
  const projects = await client.get<Project[]>('/projects')
  return projects.find((one) => one.title === title)?.id
}

const makeOurs = (): Promise<string> =>
  makeProject(TITLE, 'ALL', [
    ['Dr A. Okafor', 'reader'],
    ['Prof. H. Vasquez', 'manager'],
  ])

/** Brings these in as somebody who may, lets in what waits for a look, and opens the case as a reader. */
async function opened(browser: Browser, files: readonly SentFile[]): Promise<Person> {
  const client = await importer()
  const project = (await projectCalled(TITLE, client)) ?? (await makeOurs())
  const done = await importFiles(client, files, project)
  const waiting = await Promise.all(
    done.quarantine.map((id) => client.post<Cleared>(`/quarantine/${id}/clear`, { boxes: [] })),
  )
  const [series] = [...done.series, ...waiting.flatMap((one) => one.series)]
  const person = await Person.arrive(browser, 'Okafor')
  await person.page.goto(`/cases/${series?.case}`)
  await person.live()
  await expect(person.stage).toHaveAttribute('data-frames-here', String(series?.frames))
  return person
}

/** The case that the demo begins with. */
async function inDemo(browser: Browser, name: string): Promise<Person> {
  const client = await importer()
  const cases = await client.get<Case[]>(
    `/projects/${await projectCalled('Lung nodule consensus', client)}/cases`,
  )
  const person = await Person.arrive(browser, name)
  await person.page.goto(`/cases/${cases.find(({ key }) => key === CASE)?.id}`)
  await person.live()
  await expect(person.stage).toHaveAttribute('data-frames-here', '120')
  return person
}

const needsData = () => test.skip(!hasTestData, 'the real series are not here')

test('ct', async ({ browser }) => {
  const [a, b, v] = [
    await inDemo(browser, 'Okafor'),
    await inDemo(browser, 'Lindqvist'),
    await inDemo(browser, 'Vasquez'),
  ]
  await a.page.keyboard.press('2')
  await a.page.keyboard.press('Alt+3')
  await a.row('Polygon', 52, 'Dr A. Okafor').click()
  for (const one of [b, v]) await one.goToSlice(52)
  const rests = await v.at(0.68, 0.7)
  await v.page.mouse.move(rests.x, rests.y)
  await b.tool('Freehand contour')
  await b.press(await b.at(0.32, 0.34))
  for (const [x, y] of [
    [0.34, 0.32],
    [0.36, 0.34],
    [0.36, 0.37],
    [0.34, 0.38],
  ] as const)
    await b.move(await b.at(x, y))
  const beside = async () => {
    // On the nodule, which the other planes then show too.
    const at = await a.at(0.697, 0.562)
    await a.page.mouse.move(at.x, at.y)
    await a.page.keyboard.down('Shift')
    await a.page.mouse.move(at.x + 1, at.y)
    await a.page.keyboard.up('Shift')
    // Cursors fade that rest.
    await v.page.mouse.move(rests.x + 1, rests.y)
    await v.page.mouse.move(rests.x, rests.y)
    await b.move(await b.at(0.34, 0.382))
    await b.move(await b.at(0.34, 0.38))
  }
  await picture(a.page, 'ct', beside)
})

test('volume', async ({ browser }) => {
  const a = await inDemo(browser, 'Okafor')
  const still = () =>
    expect(a.page.getByTestId('volume').locator('.cs-volume')).toHaveAttribute('data-still', 'true')
  await a.page.keyboard.press('Alt+5')
  await picture(a.page, 'volume', still)
})

test('timeline', async ({ browser }) => {
  const a = await inDemo(browser, 'Okafor')
  await a.page.keyboard.press('t')
  await a.page.keyboard.press('ArrowLeft')
  await expect(a.page.getByTestId('act')).toHaveText(/^Placed a key point/)
  await picture(a.page, 'timeline')
})

test('mr', async ({ browser }) => {
  needsData()
  const person = await opened(browser, filesIn('series/mr-siemens-cptac-jpegls'))
  await person.tool('Ellipse')
  await person.drag(await person.at(0.42, 0.4), await person.at(0.58, 0.52))
  await person.page.keyboard.press('Escape')
  await person.page.keyboard.press('Alt+4')
  await picture(person.page, 'mr')
})

test('x-ray', async ({ browser }) => {
  needsData()
  const person = await opened(browser, [real('xray/RG2_J2KI.dcm')])
  await person.tool('Length')
  await person.drag(await person.at(0.4, 0.5), await person.at(0.6, 0.52))
  await picture(person.page, 'x-ray')
})

test('ultrasound', async ({ browser }) => {
  needsData()
  const person = await opened(browser, [real('colour/examples_ybr_color.dcm')])
  await person.tool('Ellipse')
  await person.drag(await person.at(0.45, 0.45), await person.at(0.58, 0.6))
  await picture(person.page, 'ultrasound')
})

test('photograph', async ({ browser, page }) => {
  const person = await opened(browser, [await photographOfSkin(page)])
  await person.tool('Box')
  await person.drag(await person.at(0.35, 0.3), await person.at(0.66, 0.72))
  await picture(person.page, 'photograph')
})

test('nifti', async ({ browser }) => {
  needsData()
  const person = await opened(browser, [real('nifti/FLAIR.nii.gz')])
  await person.page.keyboard.press('Alt+3')
  await picture(person.page, 'nifti')
})

test('4d', async ({ browser }) => {
  needsData()
  const person = await opened(browser, [real('nifti/example4d.nii.gz')])
  await picture(person.page, '4d')
})

test('fusion', async ({ browser }) => {
  const client = await importer()
  await importFiles(client, await petOfThePhantom(), await projectCalled('Lung nodule consensus', client))
  const person = await inDemo(browser, 'Okafor')
  const { page } = person
  await page.keyboard.press('Alt+1')
  await expect(person.stage).toContainText('· CT')
  await page.keyboard.press('1')
  await page.getByRole('button', { name: 'Lay a series over' }).click()
  await page.getByRole('menuitem', { name: /· PT ·/ }).click()
  await page.keyboard.press('Alt+3')
  await picture(page, 'fusion', async () => {
    await person.row('Polygon', 52, 'Dr A. Okafor').click()
    const at = await person.at(0.62, 0.66)
    await page.mouse.move(at.x, at.y)
  })
})
