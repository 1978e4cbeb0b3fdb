/** Several people, several browsers, one case: the whole of what the panel promises, each step waiting on what is visible. */
import { expect, test } from '@playwright/test'
import { Person } from './people.ts'

const CASE = 'LN-0001'
/** Near the upper end of the chest: nothing of the demo's own lies there. */
const SLICE = 97

test('[W40] two readers, an adjudicator and an observer work on one case at once', async ({ browser }) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) {
    await person.openCase(CASE)
    await person.goToSlice(SLICE)
    await person.sees('annotations', 0)
  }

  await test.step('both see who is there, and where the other points', async () => {
    await expect(a.page.getByRole('button', { name: 'Follow Dr J. Lindqvist' })).toBeVisible()
    await expect(b.page.getByRole('button', { name: 'Follow Dr A. Okafor' })).toBeVisible()
    const place = await b.at(0.5, 0.3)
    await b.page.mouse.move(place.x, place.y)
    await a.sees('peers', 1)
  })

  await test.step('B sees the box of A grow while it is drawn, and stay when it is done', async () => {
    await a.tool('Box')
    await a.press(await a.at(0.3, 0.3))
    await a.move(await a.at(0.38, 0.38))
    await b.sees('drafts', 1)
    await b.sees('annotations', 0)
    await a.move(await a.at(0.45, 0.42))
    await a.release()
    await b.sees('drafts', 0)
    await b.sees('annotations', 1)
    await a.saved()
    await expect(b.row('Box', SLICE, 'Dr A. Okafor')).toBeVisible()
  })

  await test.step('B comments on it and A answers', async () => {
    await b.row('Box', SLICE, 'Dr A. Okafor').click()
    await b.selected.getByRole('button', { name: 'Comment', exact: true }).click()
    await b.page.getByRole('textbox', { name: 'Comment' }).fill('Is this one vessel or two?')
    await b.page.keyboard.press('Control+Enter')
    await b.saved()
    await a.tab('Discussion')
    await a.page
      .getByRole('button', {
        name: new RegExp(`^Thread: Box, Solid nodule, slice ${SLICE} .*Is this one vessel or two`),
      })
      .click()
    await a.page.getByLabel('Reply').fill('One, it bends here.')
    await a.page.keyboard.press('Control+Enter')
    await expect(b.page.getByText('One, it bends here.')).toBeVisible()
    await a.page.getByRole('button', { name: 'Resolve' }).click()
    await expect(b.page.getByText('Resolved', { exact: true })).toBeVisible()
  })

  const adjudicator = await Person.arrive(browser, 'Vasquez')
  await adjudicator.openCase(CASE)
  await adjudicator.goToSlice(SLICE)

  await test.step('[W58] B cannot grab or change what A drew, and is told what to do instead', async () => {
    await a.tab('Annotations')
    await a.tool('Polygon')
    for (const [x, y] of [
      [0.55, 0.55],
      [0.7, 0.55],
      [0.7, 0.7],
      [0.55, 0.7],
    ] as const)
      await a.click(await a.at(x, y))
    await a.page.keyboard.press('Enter')
    await b.sees('annotations', 2)
    await a.saved()
    await a.tool('Select')
    await b.tab('Annotations')
    await b.row('Polygon', SLICE, 'Dr A. Okafor').click()
    await expect(b.selected).toContainText(
      'Made by Dr A. Okafor. Comment on it, or ask them or the adjudicator to change it.',
    )
    await expect(b.selected.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0)
    await expect(b.selected.getByLabel('Reasoning')).toHaveAttribute('readonly', '')
    const before = await vertices(a, 'polygon')
    expect(before).toHaveLength(4)
    await b.drag(await b.at(0.7, 0.7), await b.at(0.75, 0.74))
    await b.page.keyboard.press('Delete')
    await expect(b.page.getByRole('alert').filter({ hasText: 'Made by Dr A. Okafor' })).toBeVisible()
    await a.sees('drafts', 0)
    expect(await vertices(a, 'polygon')).toEqual(before)
    await b.page.keyboard.press('Escape')
  })

  await test.step('A and the adjudicator move different corners of one polygon at once, and neither loses', async () => {
    await adjudicator.row('Polygon', SLICE, 'Dr A. Okafor').click()
    const before = await vertices(a, 'polygon')
    await a.press(await a.at(0.55, 0.55))
    await adjudicator.press(await adjudicator.at(0.7, 0.7))
    await a.move(await a.at(0.52, 0.5))
    await adjudicator.move(await adjudicator.at(0.75, 0.74))
    await a.sees('drafts', 1)
    await adjudicator.sees('drafts', 1)
    await a.release()
    await adjudicator.release()
    await a.saved()
    await adjudicator.saved()
    await expect
      .poll(async () => moved(before, await vertices(a, 'polygon')))
      .toEqual([true, false, true, false])
  })

  await test.step('A undoes, and only the act of A goes', async () => {
    const before = await vertices(a, 'polygon')
    await a.page.getByRole('button', { name: 'Undo move of 1 vertex' }).click()
    await a.saved()
    await expect
      .poll(async () => moved(before, await vertices(a, 'polygon')))
      .toEqual([true, false, false, false])
    await a.page.keyboard.press('Control+Shift+Z')
    await expect
      .poll(async () => moved(before, await vertices(a, 'polygon')))
      .toEqual([false, false, false, false])
  })

  await test.step('B goes offline, annotates, returns, and all is merged', async () => {
    await b.context.setOffline(true)
    await b.page.evaluate(() => window.dispatchEvent(new Event('offline')))
    await b.tool('Length')
    await b.drag(await b.at(0.3, 0.6), await b.at(0.4, 0.65))
    await b.sees('annotations', 3)
    await expect(b.saveState).toHaveText(/^Offline, 1 change kept here$/)
    await a.tool('Key point')
    await a.click(await a.at(0.4, 0.5))
    await a.saved()
    await a.sees('annotations', 3)
    await b.sees('annotations', 3)
    await b.context.setOffline(false)
    await b.saved()
    await a.sees('annotations', 4)
    await b.sees('annotations', 4)
  })

  await test.step('B follows A to another slice and leaves with Esc', async () => {
    await b.page.getByRole('button', { name: 'Follow Dr A. Okafor' }).click()
    await a.page.keyboard.press('ArrowUp')
    await expect(b.stage).toHaveAttribute('data-frame', String(SLICE - 2))
    await a.page.keyboard.press('ArrowDown')
    await expect(b.stage).toHaveAttribute('data-frame', String(SLICE - 1))
    await b.page.keyboard.press('Escape')
    await expect(b.page.getByRole('button', { name: 'Follow Dr A. Okafor' })).toHaveAttribute(
      'aria-pressed',
      'false',
    )
  })

  await test.step('B disputes the box, the adjudicator settles it with a rationale, A records a dissent', async () => {
    await b.tab('Annotations')
    await b.row('Box', SLICE, 'Dr A. Okafor').click()
    await b.selected.getByRole('button', { name: 'Dispute', exact: true }).click()
    await b.page.getByLabel('Why do you dispute it?').fill('It includes the vessel.')
    await b.page.getByRole('button', { name: 'Open the dispute' }).click()
    await adjudicator.tab('Discussion')
    await adjudicator.page
      .getByRole('button', {
        name: new RegExp(`^Dispute: Box, Solid nodule, slice ${SLICE} .*It includes the vessel`),
      })
      .click()
    await adjudicator.page.getByRole('group', { name: 'Outcome' }).getByText('Reject').click()
    await adjudicator.page.getByLabel('Rationale').fill('Vessel, seen on three slices.')
    await adjudicator.page.getByRole('button', { name: 'Decide' }).click()
    await adjudicator.saved()

    await a.tab('Discussion')
    await a.page
      .getByRole('button', {
        name: new RegExp(`^Dispute: Box, Solid nodule, slice ${SLICE} .*It includes the vessel`),
      })
      .click()
    await expect(a.page.getByRole('article', { name: 'Decision' })).toContainText(
      'Vessel, seen on three slices.',
    )
    await a.page.getByRole('button', { name: 'Record a dissent' }).click()
    await a.page.getByLabel('Dissent').fill('The wall is too thick for a vessel.')
    await a.page.getByRole('button', { name: 'Record the dissent' }).click()
    await expect(adjudicator.page.getByRole('article', { name: 'Decision' })).toContainText(
      'The wall is too thick for a vessel.',
    )
  })

  await test.step('[W60] the adjudicator closes the case: everybody’s page follows; and opens it again', async () => {
    await a.page.getByLabel('Reply').fill('To be continued.')
    await adjudicator.page.getByRole('button', { name: 'Close the case' }).click()
    await adjudicator.page.getByRole('button', { name: 'Close as decided' }).click()
    const box = a.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Box' })
    for (const person of [a, b, adjudicator])
      await expect(person.page.getByRole('banner').getByText('Decided', { exact: true })).toBeVisible()
    await expect(a.page.getByText(/^This case is decided now/)).toBeVisible()
    await expect(box).toHaveAttribute('aria-disabled', 'true')
    await a.page.getByLabel('Reply').press('Control+Enter')
    await expect(a.page.getByText('To be continued.', { exact: true })).toBeVisible()
    await a.saved()
    await expect(adjudicator.page.getByRole('dialog')).toHaveCount(0)
    await adjudicator.page.getByRole('banner').getByRole('button', { name: 'Reopen' }).click()
    await adjudicator.page.getByRole('dialog').getByRole('button', { name: 'Reopen' }).click()
    for (const person of [a, b, adjudicator])
      await expect(person.page.getByRole('banner').getByText('Panel', { exact: true })).toBeVisible()
    await expect(a.page.getByText('This case is open again.')).toBeVisible()
    await expect(box).not.toHaveAttribute('aria-disabled', 'true')
  })

  await test.step('[W59] deleting asks for a reason, also by key', async () => {
    await a.tab('Annotations')
    await a.row('Key point', SLICE, 'Dr A. Okafor').click()
    await a.page.keyboard.press('Delete')
    const reason = a.page.getByLabel('Why is it deleted?')
    await expect(reason).toBeFocused()
    const remove = a.selected.getByRole('button', { name: 'Delete', exact: true })
    await expect(remove).toBeDisabled()
    await reason.fill('Drawn twice.')
    await remove.click()
    await b.sees('annotations', 3)
    await a.page.getByRole('button', { name: 'Undo removal of the annotation' }).click()
    await b.sees('annotations', 4)
  })

  await test.step('the observer sees it all and cannot write', async () => {
    const observer = await Person.arrive(browser, 'Solberg')
    await observer.openCase(CASE)
    await observer.goToSlice(SLICE)
    await observer.sees('annotations', 4)
    await expect(
      observer.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Box' }),
    ).toHaveAttribute('aria-disabled', 'true')
    await observer.page.keyboard.press('b')
    await observer.drag(await observer.at(0.2, 0.2), await observer.at(0.25, 0.25))
    await observer.sees('annotations', 4)
    await observer.row('Box', SLICE, 'Dr A. Okafor').click()
    await expect(observer.selected.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0)
    await expect(observer.selected.getByRole('button', { name: 'Dispute', exact: true })).toHaveCount(0)
    await observer.leave()
  })

  await test.step('[R20] history names every act and its author; a revision shows the case as it was', async () => {
    await a.tab('History')
    const boxDrawn = a.page.getByRole('button', { name: /Drew a box.*Dr A. Okafor/ }).first()
    await expect(
      a.page.getByRole('button', { name: /Recorded a dissent.*Dr A. Okafor/ }).first(),
    ).toBeVisible()
    await expect(
      a.page.getByRole('button', { name: /Decided: rejected.*Prof. H. Vasquez/ }).first(),
    ).toBeVisible()
    await boxDrawn.click()
    await expect(a.page.getByText('Nothing you do here changes the case.')).toBeVisible()
    await expect(a.stage).toHaveAttribute('data-frame', String(SLICE - 1))
    await a.sees('annotations', 1)
    await a.page.getByRole('button', { name: 'Back to now' }).click()
    await a.sees('annotations', 4)
  })

  for (const person of [a, b, adjudicator]) await person.leave()
})

/** The vertices of the first such annotation on this slice, as the server keeps them, in drawing order. */
async function vertices(person: Person, kind: string): Promise<readonly (readonly number[])[]> {
  const id = new URL(person.page.url()).pathname.split('/').at(-1)
  const { head } = await (
    await person.page.request.get(`/api/documents/panel:${id}/revisions?limit=1`)
  ).json()
  const state = await (await person.page.request.get(`/api/documents/panel:${id}/at/${head}?as=json`)).json()
  const found = (
    state.annotations as { kind: string; source: { frame: number }; vertices: { at: number[] }[] }[]
  ).find((annotation) => annotation.kind === kind && annotation.source.frame === SLICE - 1)
  return found?.vertices.map(({ at }) => at) ?? []
}

const moved = (before: readonly (readonly number[])[], after: readonly (readonly number[])[]): boolean[] =>
  before.map((vertex, n) => vertex.some((value, axis) => value !== after[n]?.[axis]))
