/**
 * Runs inside the page, before its own code, the same in all of them: it reads the pictures' canvases back, small, after every
 * animation-frame callback and in the frame after an input event, and notes when which one changed and how long after the newest input
 * event that was. Reading back forces the drawing to have happened.
 */
export interface Seen {
  /** ms since the navigation began. */
  readonly at: number
  /** ms since the newest input event; null where there was none yet. */
  readonly sinceInput: number | null
  /** Which of the pictures. */
  readonly picture: number
}

export interface LongTask {
  readonly at: number
  readonly ms: number
}

declare global {
  interface Window {
    pictures: Seen[]
    longTasks: LongTask[]
    inputAt: number | null
    /** When the page said that it has every slice. */
    allHere?: number
  }
}

/** `canvases` selects the pictures, and nothing else that a page draws. */
export function probe(canvases: string): void {
  const SIDE = 64
  /** A picture has so many pixels that are so bright: a line of text on black is none. */
  const [SHARE, BRIGHT] = [0.01, 24]
  const small = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })
  // Single pixels will do, and cost the least.
  if (small) small.imageSmoothingEnabled = false
  const last = new WeakMap<Element, number>()
  window.pictures = []
  window.longTasks = []
  window.inputAt = null
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      window.longTasks.push({ at: startTime, ms: duration })
  }).observe({ type: 'longtask' })

  const look = (canvas: HTMLCanvasElement, picture: number): void => {
    if (!small || canvas.width === 0 || canvas.height === 0) return
    small.clearRect(0, 0, SIDE, SIDE)
    small.drawImage(canvas, 0, 0, SIDE, SIDE)
    const { data } = small.getImageData(0, 0, SIDE, SIDE)
    let sum = 0
    let bright = 0
    for (let i = 0; i < data.length; i += 4) {
      const value = data[i] ?? 0
      sum = (Math.imul(sum, 31) + value) | 0
      if (value > BRIGHT) bright++
    }
    if (sum === last.get(canvas) || bright < SHARE * SIDE * SIDE) return
    last.set(canvas, sum)
    const at = performance.now()
    window.pictures.push({ at, picture, sinceInput: window.inputAt === null ? null : at - window.inputAt })
  }
  const lookAtAll = (): void => {
    for (const [n, canvas] of document.querySelectorAll<HTMLCanvasElement>(canvases).entries())
      look(canvas, n)
  }

  const original = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (callback) =>
    original((time) => {
      callback(time)
      lookAtAll()
    })
  for (const type of ['wheel', 'pointermove'])
    addEventListener(
      type,
      () => {
        window.inputAt = performance.now()
        // Not all draw in an animation frame.
        original(lookAtAll)
      },
      { capture: true, passive: true },
    )
  const untilFirst = (): void => {
    lookAtAll()
    if (window.pictures.length === 0) original(untilFirst)
  }
  original(untilFirst)
}
