/**
 * Work on many voxels, in pieces. Whoever runs it may look up between two pieces: to say how far it is, to let something else happen, or to
 * give it up. A worker that wants to hear "stop" waits a turn now and then; whoever wants nothing of that calls `finish`.
 */

/** Yields its share done, 0 to 1, growing. */
export type Work<T> = Generator<number, T, void>

export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** The progress of a part, told as that from `from` to `to` of a whole. */
export function* part<T>(work: Work<T>, from: number, to: number): Work<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    yield from + (to - from) * step.value
  }
}
