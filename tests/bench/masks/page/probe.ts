/**
 * Runs inside the page, before its own code: after the animation-frame callbacks that follow an input event, or a message of the live channel,
 * it reads the canvas of the masks back, small, and notes when it changed. Reading back forces the drawing to have happened.
 */
export interface Drawn {
  /** ms since the epoch, so that two browsers of one machine can be compared. */
  readonly at: number
  /** ms from the first input event since the last change to here; null where there was none. */
  readonly sinceInput: number | null
  /** ms of the page's own code meanwhile: what listens to the events, and the animation-frame callbacks. */
  readonly script: number
  /** ms of the last animation frame, from its beginning to where what was composed is handed to a canvas. */
  readonly composed: number
}

declare global {
  interface Window {
    drawn: Drawn[]
    /** When messages came, ms since the epoch. */
    heard: number[]
    /** When a button was pressed, ms since the epoch. */
    pressed: number[]
    /** Each time one was let go: ms of the page's own code, up to the end of the next animation frame. */
    released: number[]
  }
}

export function probe(canvas: string): void {
  const SIDE = 256
  /** What is pressed or heard is drawn in one of the next frames; then nothing is read back any more. */
  const LOOKED_AT_MS = 500
  const small = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })
  // Nothing is to be beautiful here, and little is to be in the way of what is measured.
  if (small) small.imageSmoothingEnabled = false
  const epoch = (): number => performance.timeOrigin + performance.now()
  let inputAt: number | null = null
  let lookUntil = 0
  let script = 0
  let last = 0
  /** A frame has passed since the first input event, and nothing was drawn. */
  let isInVain = false
  let isReleased = false
  let frameBegun = 0
  let composed = 0
  window.drawn = []
  window.heard = []
  window.pressed = []
  window.released = []

  const sum = (): number => {
    const masks = document.querySelector<HTMLCanvasElement>(canvas)
    if (!small || !masks || masks.width === 0) return 0
    small.clearRect(0, 0, SIDE, SIDE)
    small.drawImage(masks, 0, 0, SIDE, SIDE)
    let hash = 1
    for (const value of new Uint32Array(small.getImageData(0, 0, SIDE, SIDE).data.buffer))
      hash = (Math.imul(hash, 31) + value) | 0
    return hash
  }
  const look = (): void => {
    if (performance.now() > lookUntil) return
    const seen = sum()
    isInVain = seen === last
    if (isInVain) return
    last = seen
    const sinceInput = inputAt === null ? null : performance.now() - inputAt
    window.drawn.push({ at: epoch(), sinceInput, script, composed })
    inputAt = null
    script = 0
  }

  // All that was asked for before a picture is called in one go, and looked at once.
  const original = window.requestAnimationFrame.bind(window)
  let waiting = new Map<number, FrameRequestCallback>()
  let called = new Map<number, FrameRequestCallback>()
  let newest = 0
  window.requestAnimationFrame = (callback) => {
    if (waiting.size === 0)
      original((time) => {
        called = waiting
        waiting = new Map()
        frameBegun = performance.now()
        for (const call of called.values()) call(time)
        script += performance.now() - frameBegun
        if (isReleased) window.released.push(script)
        isReleased = false
        look()
      })
    newest += 1
    waiting.set(newest, callback)
    return newest
  }
  window.cancelAnimationFrame = (handle) => {
    waiting.delete(handle)
    called.delete(handle)
  }

  // All that is put and not drawn is a composed rectangle.
  const put = CanvasRenderingContext2D.prototype.putImageData
  CanvasRenderingContext2D.prototype.putImageData = function (...args: unknown[]) {
    composed = performance.now() - frameBegun
    Reflect.apply(put, this, args)
  }

  let begun = 0
  for (const type of ['pointerdown', 'pointermove', 'pointerup']) {
    addEventListener(
      type,
      () => {
        if (type === 'pointerdown') window.pressed.push(epoch())
        isReleased ||= type === 'pointerup'
        begun = performance.now()
        lookUntil = begun + LOOKED_AT_MS
        if (inputAt !== null && !isInVain && type !== 'pointerup') return
        inputAt = begun
        isInVain = false
        script = 0
      },
      { capture: true },
    )
    addEventListener(type, () => void (script += performance.now() - begun))
  }
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', () => {
        window.heard.push(epoch())
        lookUntil = performance.now() + LOOKED_AT_MS
      })
    }
  }
}
