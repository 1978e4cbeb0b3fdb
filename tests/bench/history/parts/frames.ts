/**
 * Runs inside the page, before its own code: before every picture in which the moment changed or something was pressed it reads back what
 * is drawn over the pictures, small, and notes it. Reading back forces the drawing to have happened.
 */
export interface Frame {
  readonly moment: number
  /** Something else is drawn than in the frame before. */
  readonly changed: boolean
  /** ms since the last press; null before the first. */
  readonly sincePress: number | null
}

declare global {
  interface Window {
    seen: Frame[]
  }
}

export function watchFrames(): void {
  const SIDE = 256
  /** What is pressed is drawn in one of the next frames; then nothing is read back any more. */
  const LOOKED_AT_MS = 2_000
  const small = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })
  // Nothing is to be beautiful here, and little is to be in the way of what is measured.
  if (small) small.imageSmoothingEnabled = false
  let pressed: number | null = null
  let moment = 0
  let last = 0
  window.seen = []
  addEventListener(
    'pointerdown',
    () => {
      last = drawn()
      window.seen = []
      pressed = performance.now()
    },
    { capture: true },
  )

  function drawn(): number {
    let sum = 0
    small?.clearRect(0, 0, SIDE, SIDE)
    for (const canvas of document.querySelectorAll<HTMLCanvasElement>('#stage canvas'))
      if (canvas.width > 0) small?.drawImage(canvas, 0, 0, SIDE, SIDE)
    for (const value of new Uint32Array(small?.getImageData(0, 0, SIDE, SIDE).data.buffer ?? []))
      sum = (Math.imul(sum, 31) + value) | 0
    return sum
  }

  function look(): void {
    const shown = Number(document.querySelector('[aria-label=Timeline]')?.getAttribute('data-moment') ?? 0)
    const since = pressed === null ? null : performance.now() - pressed
    if (shown === moment && (since === null || since > LOOKED_AT_MS)) return
    const sum = drawn()
    const now = pressed === null ? null : performance.now() - pressed
    window.seen.push({ moment: shown, changed: sum !== last, sincePress: now })
    moment = shown
    last = sum
  }

  // All that was asked for before a picture is called in one go, and looked at once: to read back after each would be in the way of the others.
  const original = window.requestAnimationFrame.bind(window)
  let waiting = new Map<number, FrameRequestCallback>()
  let called = new Map<number, FrameRequestCallback>()
  let newest = 0
  window.requestAnimationFrame = (callback) => {
    if (waiting.size === 0)
      original((time) => {
        called = waiting
        waiting = new Map()
        for (const call of called.values()) call(time)
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
}
