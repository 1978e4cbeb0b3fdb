/** People in browsers of their own: signing in, opening the case, and what they do with mouse and keys. */
import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import type { Account } from './administrator.ts'

/** Of the demo study. */
const SLICES = 120

export interface Point {
  readonly x: number
  readonly y: number
}

/** Browsers that are open, by the test that opened them. */
const open = new Map<BrowserContext, string>()

/** A fresh profile. Whoever an earlier test left in a case is gone first: they would be seen in this one. */
async function freshProfile(browser: Browser): Promise<BrowserContext> {
  const { testId } = test.info()
  for (const [context, opener] of open)
    if (opener !== testId) {
      open.delete(context)
      await context.close()
    }
  const context = await browser.newContext()
  open.set(context, testId)
  return context
}

export class Person {
  readonly name: string
  readonly context: BrowserContext
  readonly page: Page

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name
    this.context = context
    this.page = page
  }

  /** A fresh browser profile, signed in by a click on the demo person. Faults in the page fail the test. */
  static async arrive(browser: Browser, name: string): Promise<Person> {
    const context = await freshProfile(browser)
    const page = await context.newPage()
    watchFaults(page, name)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: new RegExp(name) }).click()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in')
    return new Person(name, context, page)
  }

  /** The same with user name and password. */
  static async signIn(browser: Browser, { name, login, password }: Account): Promise<Person> {
    const context = await freshProfile(browser)
    const page = await context.newPage()
    watchFaults(page, name)
    await page.goto('/sign-in')
    await page.getByLabel('User name').fill(login)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in')
    return new Person(name, context, page)
  }

  /** Another tab of the same browser, at the same address. */
  async anotherTab(): Promise<Person> {
    const page = await this.context.newPage()
    watchFaults(page, this.name)
    await page.goto(this.page.url())
    return new Person(this.name, this.context, page)
  }

  /** A tab that the page itself opened: the browser copies the session's store into it, as when a tab is duplicated. */
  async duplicatedTab(): Promise<Person> {
    const opened = this.context.waitForEvent('page')
    await this.page.evaluate(() => void window.open(location.href))
    const page = await opened
    watchFaults(page, this.name)
    return new Person(this.name, this.context, page)
  }

  /** Once all of the room's code is here, which comes by itself. */
  async goOffline(): Promise<void> {
    await expect(this.page.locator('main[data-whole]')).toBeVisible()
    await this.context.setOffline(true)
    await this.page.evaluate(() => window.dispatchEvent(new Event('offline')))
    await expect(this.saveState).toHaveText(/^Offline/)
  }

  async goOnline(): Promise<void> {
    await this.context.setOffline(false)
    await this.page.evaluate(() => window.dispatchEvent(new Event('online')))
  }

  /** Opens the case with this key by its row in the worklist, and waits until image and record are there. */
  async openCase(key: string): Promise<void> {
    await this.page.getByText(key, { exact: true }).first().dblclick()
    await this.inCase(key)
  }

  get stage(): Locator {
    return this.page.getByTestId('stage')
  }

  get saveState(): Locator {
    return this.page.getByRole('status', { name: 'Save state' })
  }

  /** The case is open in this tab: image, record and all. */
  async inCase(key: string): Promise<void> {
    await expect(this.page.getByRole('main', { name: `Case ${key}` })).toBeVisible()
    await this.live()
    await expect(this.stage).not.toHaveAttribute('data-frames-here', '0')
  }

  live(): Promise<void> {
    return expect(this.saveState).toHaveAttribute('data-save-state', 'ok')
  }

  saved(): Promise<void> {
    return expect(this.saveState).toHaveText(/^Saved on disk \d\d:\d\d:\d\d$/)
  }

  /** Number of shapes drawn on the slice in view. */
  async shapes(): Promise<number> {
    return Number(await this.stage.getAttribute('data-annotations'))
  }

  sees(what: 'annotations' | 'drafts' | 'peers', count: number): Promise<void> {
    return expect(this.stage).toHaveAttribute(`data-${what}`, String(count))
  }

  /** Goes to the slice with this number, from 1, by the keyboard: from the end that is nearer, because each one on the way is drawn. */
  async goToSlice(slice: number): Promise<void> {
    const { keyboard } = this.page
    const isUp = slice > SLICES / 2
    await keyboard.press(isUp ? 'End' : 'Home')
    await expect(this.stage).toHaveAttribute('data-frame', isUp ? String(SLICES - 1) : '0')
    const far = isUp ? SLICES - slice : slice - 1
    for (let n = Math.floor(far / 10); n > 0; n--)
      await keyboard.press(isUp ? 'Shift+PageUp' : 'Shift+PageDown')
    for (let n = far % 10; n > 0; n--) await keyboard.press(isUp ? 'ArrowUp' : 'ArrowDown')
    await expect(this.stage).toHaveAttribute('data-frame', String(slice - 1))
  }

  tool(name: string): Promise<void> {
    return this.page
      .getByRole('toolbar', { name: 'Tools' })
      .getByRole('button', { name, exact: true })
      .click()
  }

  tab(name: 'Annotations' | 'Discussion' | 'History'): Promise<void> {
    return this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  }

  /** A place on the stage, as parts of its width and height. */
  async at(x: number, y: number): Promise<Point> {
    const box = await this.stage.boundingBox()
    if (!box) throw new Error('the stage is not on screen')
    return { x: box.x + box.width * x, y: box.y + box.height * y }
  }

  async press(at: Point): Promise<void> {
    await this.page.mouse.move(at.x, at.y)
    await this.page.mouse.down()
  }

  async move(to: Point): Promise<void> {
    await this.page.mouse.move(to.x, to.y, { steps: 6 })
  }

  release(): Promise<void> {
    return this.page.mouse.up()
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.press(from)
    await this.move(to)
    await this.release()
  }

  async click(at: Point): Promise<void> {
    await this.page.mouse.click(at.x, at.y)
  }

  /** A row in the list of annotations, by kind, slice and author. */
  row(kind: string, slice: number, author: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${kind}.*Slice ${slice} .*${author}$`) })
  }

  /** The inspector of the chosen annotation. */
  get selected(): Locator {
    return this.page.getByLabel('Selected annotation')
  }

  leave(): Promise<void> {
    open.delete(this.context)
    return this.context.close()
  }
}

function watchFaults(page: Page, name: string): void {
  page.on('pageerror', (error) => {
    throw new Error(`in the page of ${name}: ${error.stack || error.message || error.name}`)
  })
}
