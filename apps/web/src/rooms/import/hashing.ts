/** The page's side of hash.worker.ts. */
import type { Asked, Hashed } from './hash.worker.ts'

/** The file on this computer is not what was chosen any more, or may not be read. */
export class Unreadable extends Error {}

interface Waiting {
  resolve(sha256: string): void
  reject(error: Error): void
}

export function newHasher(): (file: File) => Promise<string> {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let next = 0
  const start = () => {
    const started = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<Hashed>) => {
      const one = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.sha256 === null) one?.reject(new Unreadable())
      else one?.resolve(data.sha256)
    }
    started.onerror = (event) => {
      for (const one of waiting.values()) one.reject(new Error(event.message))
      waiting.clear()
      started.terminate()
      worker = null
    }
    return started
  }
  return (file) =>
    new Promise((resolve, reject) => {
      worker ??= start()
      const asked: Asked = { id: next++, file }
      waiting.set(asked.id, { resolve, reject })
      worker.postMessage(asked)
    })
}
