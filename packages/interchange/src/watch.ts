/** How somebody who waits for a file is told how far it is, and says that they no longer want it. */
export interface Watch {
  /** Share done, 0 to 1. */
  readonly progress?: (share: number) => void
  readonly signal?: AbortSignal
}

/** Between two pieces of work. @throws what the signal was given up with */
export function look({ progress, signal }: Watch, share: number): void {
  signal?.throwIfAborted()
  progress?.(share)
}
