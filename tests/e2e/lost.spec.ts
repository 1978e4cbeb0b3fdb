/** Losing the right to write while away, and getting one's work back: shown, saved as a file, put back when the right has returned. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { giveRole } from './administrator.ts'
import { Person } from './people.ts'
import { makeSegment, rowOf, setNumber, voxels } from './segments.ts'

const CASE = 'LN-0001'
/** Nothing of the demo's own, or of another test, lies there. */
const SLICE = 12
const SEGMENT = 'Painted offline'

test('[W54] [M107] [V115] a reader who loses the right to write while offline gets the work back, to keep and to put back', async ({
  browser,
}) => {
  const a = await Person.arrive(browser, 'Okafor')
  const b = await Person.arrive(browser, 'Lindqvist')
  for (const person of [a, b]) {
    await person.openCase(CASE)
    await person.goToSlice(SLICE)
    await person.sees('annotations', 0)
  }
  let painted = 0
  const dialog = b.page.getByRole('dialog', { name: 'Not in the record' })

  await test.step('B works on offline, and is an observer meanwhile', async () => {
    await b.goOffline()
    await b.tool('Box')
    await b.drag(await b.at(0.3, 0.3), await b.at(0.4, 0.4))
    await b.selected.getByLabel('Reasoning').fill('Spiculated, next to the vessel.')
    await b.selected.getByRole('button', { name: 'Comment', exact: true }).click()
    await b.page.getByRole('textbox', { name: 'Comment' }).fill('Look at the rim.')
    await b.page.keyboard.press('Control+Enter')
    await b.tab('Annotations')
    await makeSegment(b, SEGMENT)
    await setNumber(b, 'Size', 10)
    await b.drag(await b.at(0.5, 0.5), await b.at(0.6, 0.5))
    await expect.poll(() => voxels(b.page, SEGMENT)).toBeGreaterThan(0)
    painted = await voxels(b.page, SEGMENT)
    await expect(b.saveState).toHaveText('Offline, 5 changes kept here')
    await giveRole('Lindqvist', 'observer')
  })

  await test.step('back online B is told what was not taken and why, and sees the case as it is', async () => {
    await b.goOnline()
    await expect(dialog).toBeVisible()
    await expect(dialog).toContainText('Your role may look, but not annotate.')
    await expect(dialog).toContainText('Box, Solid nodule, slice 12: new')
    await expect(dialog).toContainText('Spiculated, next to the vessel.')
    await expect(dialog).toContainText('Look at the rim.')
    await expect(dialog).toContainText(`Name: ${SEGMENT}`)
    await expect(dialog).toContainText(/1.act of painting/)
    await expect(dialog.getByText('Cannot be put back now')).toHaveCount(3)
    await expect(dialog.getByRole('button', { name: 'Put back' })).toHaveCount(0)
    await b.sees('annotations', 0)
  })

  await test.step('the work can be saved as a file, with all that was said in it', async () => {
    const coming = b.page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save as a file' }).click()
    const file = await coming
    expect(file.suggestedFilename()).toMatch(/^LN-0001-kept-work-.*\.json$/)
    const kept = JSON.parse(readFileSync(await file.path(), 'utf8'))
    expect(kept).toMatchObject({ case: CASE, reason: { code: 'role-may-not-annotate' } })
    expect(kept.changes.map(({ root }: { root: string }) => root)).toEqual([
      'annotations',
      'annotations',
      'threads',
      'comments',
    ])
    expect(JSON.stringify(kept.changes)).toContain('Spiculated, next to the vessel.')
    expect(kept.update).toMatch(/^[A-Za-z0-9+/]+=*$/)
  })

  await test.step('it is still there after a reload, and nothing can be written meanwhile', async () => {
    await b.page.reload()
    await expect(b.saveState).toHaveText(/^Not saved: 3 changes, kept here/)
    await expect(b.page.getByText(/^3.changes of yours were not taken and are kept here\./)).toBeVisible()
    await expect(
      b.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name: 'Box' }),
    ).toHaveAttribute('aria-disabled', 'true')
  })

  await test.step('with the right returned, the page says so, and B puts all of it back', async () => {
    await giveRole('Lindqvist', 'reader')
    await expect(b.page.getByText(/^You are now a reader in this project/)).toBeVisible()
    await b.page.getByRole('button', { name: 'Understood' }).click()
    await b.page.getByRole('button', { name: 'Look at them' }).click()
    await dialog.getByRole('button', { name: 'Put back all' }).click()
    await expect(dialog.getByText('Put back', { exact: true })).toHaveCount(3)
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await b.saved()
    // The box, and the segment, which is told where it was begun.
    await a.sees('annotations', 2)
    await expect(rowOf(a.page, SEGMENT)).toHaveAttribute('data-voxels', String(painted))
    await a.row('Box', SLICE, 'Dr J. Lindqvist').click()
    await expect(a.selected.getByLabel('Reasoning')).toHaveValue('Spiculated, next to the vessel.')
    await a.tab('Discussion')
    await expect(a.page.getByText('Look at the rim.').first()).toBeVisible()
  })

  await test.step('and nothing is left over', async () => {
    await b.page.reload()
    await b.inCase(CASE)
    await expect(b.page.getByText('not taken')).toHaveCount(0)
    await b.saved()
  })
  for (const person of [a, b]) await person.leave()
})
