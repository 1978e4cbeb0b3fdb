/**
 * A page as a person has it: driven over the DevTools protocol with nothing switched on that watches the network. Playwright would note every
 * answer, and in each worker too: for the packs of 300 slices that adds two thirds to the work of the one that decodes them.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Devtools, type Given } from './devtools.ts'

const SCREEN = { width: 1440, height: 900 }
/**
 * A page is asked by the clock. Asked in an animation frame of its own, again and again, one that stands still would draw sixty times a
 * second and have its pictures read back each time.
 */
const ASKED_EVERY_MS = 50
const PATIENCE_MS = 120_000

/** CSS pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Cookie {
  readonly name: string
  readonly value: string
  readonly url: string
}

export class Page {
  readonly devtools: Devtools
  readonly session: string
  #pointer = { x: 0, y: 0, buttons: 0 }

  private constructor(devtools: Devtools, session: string) {
    this.devtools = devtools
    this.session = session
  }

  /** An empty one, without cookies and cache, in the browser that listens at this port. */
  static async in(port: number): Promise<Page> {
    const devtools = await Devtools.at(port)
    const { browserContextId } = await devtools.send('Target.createBrowserContext')
    const { targetId } = await devtools.send('Target.createTarget', { url: 'about:blank', browserContextId })
    const { sessionId } = await devtools.send('Target.attachToTarget', { targetId, flatten: true })
    const page = new Page(devtools, String(sessionId))
    await page.send('Page.enable')
    await page.send('Emulation.setDeviceMetricsOverride', { ...SCREEN, deviceScaleFactor: 1, mobile: false })
    await page.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    return page
  }

  send(method: string, given: Given = {}): Promise<Given> {
    return this.devtools.send(method, given, this.session)
  }

  async keep(cookie: Cookie): Promise<void> {
    await this.send('Network.setCookie', { ...cookie, httpOnly: true, sameSite: 'Lax' })
  }

  /** Runs in every document before its own code. */
  async before<A>(inside: (given: A) => void, given: A): Promise<void> {
    await this.send('Page.addScriptToEvaluateOnNewDocument', { source: called(inside, given) })
  }

  async go(address: string): Promise<void> {
    const { errorText } = await this.send('Page.navigate', { url: address })
    if (errorText) throw new Error(`${address}: ${errorText}`)
  }

  /** What comes of it inside the page, as JSON. Rejects where it throws. */
  async evaluate<A, R>(inside: (given: A) => R | Promise<R>, given: A): Promise<R> {
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', {
      expression: called(inside, given),
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: R }; exceptionDetails?: { text: string } }
    if (exceptionDetails) throw new Error(exceptionDetails.text)
    return result.value
  }

  /** Until it is true inside the page. */
  async until<A>(inside: (given: A) => boolean, given: A): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; ; await sleep(ASKED_EVERY_MS)) {
      // While one document follows another there is nothing to ask.
      if (await this.evaluate(inside, given).catch(() => false)) return
      if (performance.now() > end) throw new Error(`the page was not there within ${PATIENCE_MS} ms`)
    }
  }

  /** Where these elements are, in the order of the document. */
  boxes(selector: string): Promise<Box[]> {
    return this.evaluate(
      (selected) =>
        [...document.querySelectorAll(selected)].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          return { x, y, width, height }
        }),
      selector,
    )
  }

  async move(x: number, y: number): Promise<void> {
    this.#pointer = { ...this.#pointer, x, y }
    await this.#mouse('mouseMoved')
  }

  async wheel(by: number): Promise<void> {
    await this.#mouse('mouseWheel', { deltaX: 0, deltaY: by })
  }

  async press(): Promise<void> {
    this.#pointer = { ...this.#pointer, buttons: 1 }
    await this.#mouse('mousePressed', { clickCount: 1 })
  }

  async release(): Promise<void> {
    this.#pointer = { ...this.#pointer, buttons: 0 }
    await this.#mouse('mouseReleased', { button: 'left', clickCount: 1 })
  }

  /** A letter's key, down and up. */
  async key(letter: string): Promise<void> {
    const code = letter.toUpperCase()
    const key = { key: letter, code: `Key${code}`, windowsVirtualKeyCode: code.charCodeAt(0) }
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', text: letter, ...key })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  }

  async #mouse(type: string, more: Given = {}): Promise<void> {
    const button = this.#pointer.buttons === 1 ? 'left' : 'none'
    await this.send('Input.dispatchMouseEvent', { type, button, ...this.#pointer, ...more })
  }
}

const called = (inside: (given: never) => unknown, given: unknown): string =>
  `(${inside})(${JSON.stringify(given)})`
