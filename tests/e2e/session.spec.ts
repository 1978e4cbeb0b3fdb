/** A session that is ended from elsewhere: out of the case at once, with a clear message, a way back, and everything still there. */
import { expect, test } from '@playwright/test'
import { Person } from './people.ts'

const CASE = 'LN-0001'
const SLICE = 20

test('[W43] [W56] whose session is ended is out, is told so, and finds unsaved work again after signing in', async ({
  browser,
}) => {
  const elsewhere = await Person.arrive(browser, 'Lindqvist')
  await elsewhere.page.goto('/account')
  const person = await Person.arrive(browser, 'Lindqvist')
  await person.openCase(CASE)
  await person.goToSlice(SLICE)
  const out = person.page.getByRole('heading', { name: 'Your session has ended' })

  await test.step('the case is closed on the screen', async () => {
    await endOthers(elsewhere)
    await expect(out).toBeVisible()
    await expect(person.stage).toHaveCount(0)
    await expect(person.page.getByText('not saved yet')).toHaveCount(0)
  })

  await test.step('signing in leads back into it', async () => {
    await signInAgain(person)
    await person.goToSlice(SLICE)
    await person.sees('annotations', 0)
  })

  await test.step('what was done while the session was ended is kept, and saved after signing in', async () => {
    await person.goOffline()
    await person.tool('Box')
    await person.drag(await person.at(0.3, 0.3), await person.at(0.4, 0.4))
    await endOthers(elsewhere)
    await person.goOnline()
    await expect(out).toBeVisible()
    await expect(
      person.page.getByText(/1.change that is not saved yet is kept in this browser/),
    ).toBeVisible()
    await signInAgain(person)
    await person.saved()
    await person.goToSlice(SLICE)
    await person.sees('annotations', 1)
  })
  for (const one of [elsewhere, person]) await one.leave()
})

async function endOthers({ page }: Person): Promise<void> {
  await page.reload()
  const others = page.getByRole('button', { name: /^End the session of/ })
  await expect(others).not.toHaveCount(0)
  for (let left = await others.count(); left > 0; left--) {
    await others.first().click()
    await expect(others).toHaveCount(left - 1)
  }
}

async function signInAgain(person: Person): Promise<void> {
  await person.page.getByRole('link', { name: 'Sign in again' }).click()
  await expect(person.page.getByText('Your session has ended')).toBeVisible()
  await person.page.getByRole('button', { name: /Lindqvist/ }).click()
  await person.inCase(CASE)
}
