/** How large a pane is; told only once it is another. */

export interface PaneSize {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Pixels of the screen in one of them. */
  readonly pixelRatio: number
}

/** `changed` is told before this returns, too. Returns how to stop. */
export function watchSize(element: HTMLElement, changed: (size: PaneSize) => void): () => void {
  let before: PaneSize = { width: -1, height: -1, pixelRatio: 1 }
  function measure(): void {
    const { clientWidth: width, clientHeight: height } = element
    const pixelRatio = globalThis.devicePixelRatio || 1
    // The browser tells the first size too, which is known: a canvas would be emptied and painted again for nothing.
    if (width === before.width && height === before.height && pixelRatio === before.pixelRatio) return
    before = { width, height, pixelRatio }
    changed(before)
  }
  const observer = new ResizeObserver(measure)
  observer.observe(element)
  measure()
  return () => observer.disconnect()
}
