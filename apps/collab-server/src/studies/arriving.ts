/**
 * The chunks of a stream, one by one as they came. The stream's own iterator puts together what came meanwhile, which copies every byte
 * once more and leaves the pieces to the collector of garbage.
 */
import type { Readable } from 'node:stream'

/** Chunks that may wait here before the stream is asked to pause. */
const AHEAD = 4

/** Throws what the stream fails with, also where it is closed before its end; where the asker stops, the stream is left paused and open. */
export async function* arriving(source: Readable): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = []
  let isOver = source.readableEnded
  let fault: unknown = source.errored ?? (source.destroyed && !isOver ? cutOff() : null)
  let wake = (): void => undefined
  const listeners = {
    data(chunk: Uint8Array) {
      chunks.push(chunk)
      if (chunks.length >= AHEAD) source.pause()
      wake()
    },
    end() {
      isOver = true
      wake()
    },
    error(error: unknown) {
      fault ??= error
      wake()
    },
    close() {
      if (!isOver) fault ??= cutOff()
      wake()
    },
  }
  for (const [event, listener] of Object.entries(listeners)) source.on(event, listener)
  try {
    for (;;) {
      const chunk = chunks.shift()
      if (chunk) yield chunk
      else if (fault !== null) throw fault
      else if (isOver) return
      else {
        const woken = new Promise<void>((resolve) => {
          wake = resolve
        })
        if (source.isPaused()) source.resume()
        await woken
      }
    }
  } finally {
    source.pause()
    for (const [event, listener] of Object.entries(listeners))
      if (event !== 'error') source.off(event, listener)
  }
}

const cutOff = (): Error => new Error('the stream was closed before its end')
