/**
 * Runs inside the page, before its own code: after every animation-frame callback it reads the image's canvas back, small, and notes
 * when the picture changed and how long after the last input event that was. Reading back forces the drawing to have happened.
 */
export interface Seen {
  /** ms since the navigation began. */
  readonly at: number
  /** ms since the newest input event; null where there was none yet. */
  readonly sinceInput: number | null
}

declare global {
  interface Window {
    pictures: Seen[]
  }
}

export function probe(): void {
  const SIDE = 64
  const small = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true })
  let inputAt: number | null = null
  let last = 0
  window.pictures = []
  for (const type of ['wheel', 'pointermove'])
    addEventListener(
      type,
      () => {
        inputAt = performance.now()
      },
      { capture: true, passive: true },
    )

  const look = (): void => {
    const canvas = document.querySelector<HTMLCanvasElement>('#stage canvas')
    if (!canvas || !small || canvas.width === 0) return
    small.clearRect(0, 0, SIDE, SIDE)
    small.drawImage(canvas, 0, 0, SIDE, SIDE)
    const { data } = small.getImageData(0, 0, SIDE, SIDE)
    let sum = 0
    let bright = 0
    for (let i = 0; i < data.length; i += 4) {
      sum = (Math.imul(sum, 31) + (data[i] ?? 0)) | 0
      bright += data[i] ?? 0
    }
    if (sum === last || bright === 0) return
    last = sum
    const now = performance.now()
    window.pictures.push({ at: now, sinceInput: inputAt === null ? null : now - inputAt })
  }
  const original = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (callback) =>
    original((time) => {
      callback(time)
      look()
    })
}
