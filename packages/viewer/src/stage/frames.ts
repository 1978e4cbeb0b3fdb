/**
 * One animation frame for all panes of a page. Those that ask before it comes, or while it is painted, are painted in it, each once and in
 * the order in which they asked: the pane under the hand first, then those that show the same window, all in one picture of the screen.
 * What only tells of a picture comes after it.
 */
type Paint = (now: number) => void

const waiting = new Set<Paint>()
let request = 0

export function inNextFrame(paint: Paint): void {
  waiting.add(paint)
  if (request === 0) request = requestAnimationFrame(paintAll)
}

export function notInNextFrame(paint: Paint): void {
  waiting.delete(paint)
}

const later = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | null = null

/** What may wait until the picture is on the screen: once, however often it was asked for meanwhile. */
export function afterFrame(task: () => void): void {
  later.add(task)
  timer ??= setTimeout(doAll, 0)
}

export function notAfterFrame(task: () => void): void {
  later.delete(task)
}

function doAll(): void {
  timer = null
  const tasks = [...later]
  later.clear()
  for (const task of tasks) task()
}

function paintAll(now: number): void {
  const done = new Set<Paint>()
  try {
    // A set tells also what is added to it meanwhile.
    for (const paint of waiting) {
      // Whoever has been painted waits for the next frame.
      if (done.has(paint)) continue
      waiting.delete(paint)
      done.add(paint)
      paint(now)
    }
  } finally {
    request = waiting.size > 0 ? requestAnimationFrame(paintAll) : 0
  }
}
