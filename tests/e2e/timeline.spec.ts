/** The past of a case in two browsers: moved along, played, compared, blamed, named, linked to and restored, while work goes on. */
import { expect, type Locator, test } from '@playwright/test'
import { faults } from './axe.ts'
import { Person, type Point } from './people.ts'

const CASE = 'LN-0001'
const SLICE = 108
const USUAL = { width: 1440, height: 900 }
const SMALL = { width: 1280, height: 720 }
const CORNERS = [
  [0.35, 0.3],
  [0.6, 0.3],
  [0.6, 0.55],
  [0.35, 0.55],
] as const

test('[W72] [W73] [W74] [W100] [W102] [W103] [W147] the past of a case is moved along, compared, blamed and restored', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const v = await Person.arrive(browser, 'Vasquez')
  for (const person of [a, v]) {
    await person.openCase(CASE)
    await person.goToSlice(SLICE)
    await person.sees('annotations', 0)
  }
  const line = timelineOf(a)
  /** Revisions after which the polygon was drawn, moved by A, and moved by the adjudicator. */
  const after = { drawn: 0, moved: 0, judged: 0 }

  await test.step('A draws and moves a vertex; the adjudicator moves the same one and says absent', async () => {
    await a.tool('Polygon')
    for (const [x, y] of CORNERS) await a.click(await a.at(x, y))
    await a.page.keyboard.press('Enter')
    await v.sees('annotations', 1)
    await a.saved()
    after.drawn = await head(a)
    await a.tool('Select')
    await a.drag(await a.at(0.6, 0.55), await a.at(0.65, 0.6))
    await a.saved()
    await expect.poll(() => head(a)).toBeGreaterThan(after.drawn)
    after.moved = await head(a)
    await v.row('Polygon', SLICE, 'Dr A. Okafor').click()
    await v.drag(await v.at(0.65, 0.6), await v.at(0.7, 0.65))
    await expect.poll(() => head(a)).toBeGreaterThan(after.moved)
    await v.selected.getByRole('group', { name: 'Certainty' }).getByText('Absent').click()
    await expect.poll(() => head(a)).toBeGreaterThan(after.moved + 1)
    after.judged = await head(v)
  })

  await test.step('steps go from act to act, and say who did what', async () => {
    await a.page.keyboard.press('t')
    const tools = a.page.getByRole('toolbar', { name: 'Tools' })
    for (const size of [SMALL, USUAL]) {
      await a.page.setViewportSize(size)
      await expect(tools.getByRole('button', { name: 'Shortcuts' })).toBeInViewport({ ratio: 1 })
      const hidden = await tools.evaluate((rail) => [
        rail.scrollHeight - rail.clientHeight,
        rail.scrollWidth - rail.clientWidth,
      ])
      expect(hidden, `[W147] at ${size.width} by ${size.height}`).toEqual([0, 0])
    }
    await line.at(after.judged)
    await a.page.keyboard.press('ArrowLeft')
    await line.at(after.moved)
    await expect(line.act).toHaveText(/^(Drew a polygon|Moved 1.vertex) · .*Solid nodule · slice 108$/)
    await expect(a.page.getByText(new RegExp(`revision ${after.moved} of ${after.judged}`))).toBeVisible()
    await a.page.keyboard.press('ArrowRight')
    await line.at(after.judged)
    await expect(line.act).toHaveText(/set certainty to absent · Polygon · Solid nodule · slice 108$/i)
    await expect(line.section.getByRole('img', { name: 'Prof. H. Vasquez' })).toBeVisible()
  })

  await test.step('a click on the line goes there; before it was drawn nothing is on the slice', async () => {
    await line.track.click({ position: { x: 1, y: 30 } })
    await line.at(1)
    await a.sees('annotations', 0)
  })

  await test.step('the live document goes on underneath, and nothing of it is on screen', async () => {
    await v.tool('Box')
    await v.drag(await v.at(0.2, 0.2), await v.at(0.28, 0.28))
    await v.saved()
    await expect(line.section.getByTestId('moment')).toHaveText(new RegExp(`of ${after.judged + 1}$`))
    await a.sees('annotations', 0)
    await expect(a.page.getByText('Read only')).toBeVisible()
  })

  await test.step('[W100] played, it ends at the newest revision; backwards, at the first', async () => {
    const play = (name: string) => line.section.getByRole('button', { name, exact: true })
    await line.section.getByRole('button', { name: /^Speed/ }).click()
    await a.page.getByRole('menuitem', { name: /^8 times/ }).click()
    await play('Play').click()
    await line.at(after.judged + 1)
    await expect(play('Play')).toBeVisible()
    await a.sees('annotations', 2)
    await play('Play backwards').click()
    await expect(line.track).toHaveAttribute('aria-valuenow', /^[1-9]$/)
    await expect(play('Play backwards')).toBeVisible()
    await line.track.focus()
    await a.page.keyboard.press('End')
  })

  await test.step('of one person alone only their acts are stepped to', async () => {
    const okafor = line.section.getByRole('button', { name: 'Dr A. Okafor' })
    await okafor.click()
    await line.track.focus()
    await a.page.keyboard.press('ArrowLeft')
    await line.at(after.moved)
    await okafor.click()
  })

  await test.step('two moments are compared in mm and mm², and a difference leads to its slice', async () => {
    await line.lookAt(a, after.drawn)
    await line.section.getByRole('button', { name: 'Compare from here' }).click()
    await line.track.focus()
    await a.page.keyboard.press('End')
    const comparison = a.page.getByRole('region', { name: 'Comparison' })
    const polygon = comparison.getByRole('button', { name: /^Changed: Polygon/ })
    await expect(polygon).toContainText(/Moved1.vertex by [\d.]+.mm/)
    await expect(polygon).toContainText(/Area[\d. \u202f]+.mm².*[\d. \u202f]+.mm²/)
    await expect(polygon).toContainText('absent')
    await expect(comparison.getByRole('button', { name: /^Added: Box/ })).toBeVisible()
    await a.sees('drafts', 1)
    await line.one.focus()
    await a.page.keyboard.press('ArrowRight')
    await expect(line.one).toHaveAttribute('aria-valuenow', String(after.moved))
    await line.dragOne(a, 0)
    await expect(line.one).toHaveAttribute('aria-valuenow', '1')
    await expect(
      comparison.getByRole('button', { name: new RegExp(`^Added: Polygon.*slice ${SLICE}`) }),
    ).toBeVisible()
    await a.sees('drafts', 0)
    await line.dragOne(a, after.drawn)
    await expect(line.one).toHaveAttribute('aria-valuenow', String(after.drawn))
    await expect(a.page).toHaveURL(new RegExp(`[?]from=${after.drawn}$`))
    await a.sees('drafts', 1)
    await a.sees('annotations', 2)
    await a.page.keyboard.press('x')
    await a.sees('drafts', 0)
    await a.page.keyboard.press('x')
    await a.sees('drafts', 1)
    await a.sees('annotations', 0)
    expect(await faults(a.page), 'comparing').toEqual([])
    await comparison.getByText('Side by side').click()
    await expect(a.page.getByTestId('moment-1')).toHaveAttribute('data-annotations', '1')
    await a.page.keyboard.press('ArrowUp')
    await polygon.click()
    await expect(a.stage).toHaveAttribute('data-frame', String(SLICE - 1))
    await line.section.getByRole('button', { name: 'End comparing' }).click()
  })

  await test.step('pointing at the vertex that both moved names who moved it last', async () => {
    await a.tab('Annotations')
    await a.page.keyboard.press('o')
    const at = await samePlace(await v.at(0.7, 0.65), v, a)
    await a.page.mouse.move(at.x - 30, at.y)
    await a.page.mouse.move(at.x, at.y)
    const card = a.page.getByRole('complementary', { name: 'Who made this vertex' })
    await expect(card).toContainText('Prof. H. Vasquez')
    await expect(card).toContainText('Adjudicator')
    await expect(card).toContainText('Polygon, vertex 3 of 4')
    const made = a.page.getByRole('region', { name: 'Who made this' })
    await expect(made.getByRole('button', { name: /3.vertices.*Dr A. Okafor/ })).toBeVisible()
    await expect(made.getByRole('button', { name: /Certainty.*Prof. H. Vasquez/ })).toBeVisible()
    await a.page.keyboard.press(']')
    await expect(card).toContainText('Polygon, vertex 4 of 4')
    await expect(card).toContainText('Dr A. Okafor')
    await a.page.keyboard.press('[')
    await expect(card).toContainText('Prof. H. Vasquez')
    expect(await faults(a.page), 'who made this vertex').toEqual([])
    await card.getByRole('button', { name: 'Go to revision' }).click()
    await line.at(after.moved + 1)
    await expect(card).toContainText('Prof. H. Vasquez')
    await a.page.keyboard.press('o')
  })

  await test.step('a moment gets a name, and a link leads to it', async () => {
    await line.lookAt(a, after.drawn)
    await a.page.getByRole('button', { name: 'Name this moment' }).click()
    await a.page.getByLabel('Name', { exact: true }).fill('As first drawn')
    await a.page.getByRole('button', { name: 'Name it' }).click()
    await expect(
      line.section.getByRole('button', {
        name: /^As first drawn, revision .* named by Dr A. Okafor, reader/,
      }),
    ).toBeVisible()
    await expect(a.page).toHaveURL(new RegExp(`[?]at=${after.drawn}$`))
    const other = await a.anotherTab()
    await timelineOf(other).at(after.drawn)
    await expect(timelineOf(other).section.getByRole('button', { name: /^As first drawn/ })).toBeVisible()
    await other.page.close()
  })

  await test.step('[W101] the list tells acts in words, each of them one row, and leads to its moment', async () => {
    await a.tab('History')
    const list = a.page.getByRole('tabpanel', { name: /^History/ })
    const judged = list.getByRole('button', { name: new RegExp(`^Revision ${after.judged}\\b`) })
    await expect(judged).toContainText(/set certainty to absent.*Polygon · Solid nodule · slice 108/i)
    await expect(list.getByText('As first drawn').first()).toBeVisible()
    await expect(list.getByText('Joined')).toHaveCount(0)
    await judged.click()
    await line.at(after.judged)
    await a.page.getByRole('textbox', { name: 'Who, what, label' }).fill('okafor named')
    await expect(list.getByRole('button', { name: /^Revision/ })).toHaveCount(1)
    expect(await faults(a.page), 'the timeline and the list of acts').toEqual([])
    await a.page.getByRole('textbox', { name: 'Who, what, label' }).fill('')
    await list.getByRole('button', { name: /Named revision/ }).click()
    await line.at(after.drawn)
  })

  await test.step('[W75] restoring asks first, adds one revision in the name of A, and both see it', async () => {
    const before = await head(a)
    await a.page.getByRole('button', { name: 'Restore', exact: true }).click()
    await a.page.getByRole('menuitem', { name: /^The selected annotation/ }).click()
    await expect(a.page.getByRole('dialog')).toContainText(
      'adds one new revision in your name, and nothing is lost',
    )
    await a.page.getByRole('button', { name: 'Restore as new revision' }).click()
    await expect(a.page.getByRole('dialog')).toHaveCount(0)
    await expect.poll(async () => (await changesAfter(a, before)).length).toBe(1)
    const [restored] = await changesAfter(v, before)
    expect(restored).toMatchObject({ act: 'restore', author: { name: 'Dr A. Okafor' } })
    for (const person of [a, v]) {
      await person.tab('History')
      await expect(
        person.page.getByRole('button', { name: new RegExp(`^Revision ${restored?.seq} .*Dr A. Okafor`) }),
      ).toBeVisible()
    }
    const [then, now] = [await polygonAt(v, after.drawn), await polygonAt(v, restored?.seq ?? 0)]
    expect(now.vertices).toEqual(then.vertices)
    expect(now.certainty).toBeNull()
    await expect(a.page.getByText('Nothing you do here changes the case.')).toHaveCount(0)
  })

  for (const person of [a, v]) await person.leave()
})

interface Line {
  readonly section: Locator
  readonly track: Locator
  /** Handle of moment 1, while two are compared. */
  readonly one: Locator
  readonly act: Locator
  /** The moment shown is this one. */
  at(seq: number): Promise<void>
  /** Goes there, revision by revision. */
  lookAt(person: Person, seq: number): Promise<void>
  /** Drags the handle of moment 1 to a revision; 0: beyond the left end. */
  dragOne(person: Person, seq: number): Promise<void>
}

function timelineOf({ page }: Person): Line {
  const section = page.getByRole('region', { name: 'Timeline' })
  const track = section.getByTestId('track')
  const one = section.getByRole('slider', { name: 'Moment 1' })
  const now = async (): Promise<number> => Number(await track.getAttribute('aria-valuenow'))
  return {
    section,
    track,
    one,
    act: section.getByTestId('act'),
    at: (seq) => expect(track).toHaveAttribute('aria-valuenow', String(seq)),
    async lookAt(person, seq) {
      await track.focus()
      for (let from = await now(); from !== seq; from = await now()) {
        await person.page.keyboard.press(from > seq ? ',' : '.')
        await expect(track).not.toHaveAttribute('aria-valuenow', String(from))
      }
    },
    async dragOne(person, seq) {
      const [handle, along] = await Promise.all([one.boundingBox(), track.boundingBox()])
      if (!handle || !along) throw new Error('the line is not on screen')
      const head = Number(await track.getAttribute('aria-valuemax'))
      const placeOf = (of: number): number => along.x + ((of - 0.5) / head) * along.width
      const grip = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 }
      const from = placeOf(Number(await one.getAttribute('aria-valuenow')))
      await person.drag(grip, { x: grip.x + placeOf(seq) - from, y: grip.y })
    },
  }
}

/** Where a place on the picture of one person lies on that of another, whose pane has another height: both show all of the picture. */
async function samePlace(place: Point, on: Person, of: Person): Promise<Point> {
  const [from, to] = await Promise.all(
    [on, of].map(({ stage }) => stage.getByRole('application').boundingBox()),
  )
  if (!from || !to) throw new Error('the picture is not on screen')
  const scale = to.height / from.height
  return {
    x: to.x + to.width / 2 + (place.x - from.x - from.width / 2) * scale,
    y: to.y + to.height / 2 + (place.y - from.y - from.height / 2) * scale,
  }
}

const documentOf = ({ page }: Person): string =>
  `/api/documents/panel:${new URL(page.url()).pathname.split('/').at(-1)}`

async function head(person: Person): Promise<number> {
  return (await (await person.page.request.get(`${documentOf(person)}/revisions?limit=1`)).json()).head
}

interface Change {
  readonly seq: number
  readonly act: string
  readonly author: { readonly name: string }
}

/** Revisions after this one, without who joined. */
async function changesAfter(person: Person, seq: number): Promise<readonly Change[]> {
  const { items } = await (await person.page.request.get(`${documentOf(person)}/revisions?limit=20`)).json()
  return (items as Change[]).filter((row) => row.seq > seq && row.act !== 'lease')
}

interface Kept {
  readonly kind: string
  readonly certainty: string | null
  readonly source: { readonly frame: number }
  readonly vertices: readonly { readonly at: readonly number[] }[]
}

/** The polygon of this test as the server keeps it. */
async function polygonAt(person: Person, seq: number): Promise<Kept> {
  const state = await (await person.page.request.get(`${documentOf(person)}/at/${seq}?as=json`)).json()
  const found = (state.annotations as Kept[]).find(
    ({ kind, source }) => kind === 'polygon' && source.frame === SLICE - 1,
  )
  if (!found) throw new Error(`no polygon at revision ${seq}`)
  return found
}
