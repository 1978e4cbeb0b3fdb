/** The thread of a restore may end at any moment: whoever asks it hears so, and nobody else does. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Stopping } from './lane.ts'
import { startRestorer } from './restorer.ts'
import { createTravel } from './travel.ts'
import { watchThreads } from './watchThreads.ts'

/** What is handed over is gone: each time anew. */
const states = () => ({ past: new Uint8Array(), present: new Uint8Array(), place: null, archives: [] })
const WRITE = { since: [], client: 1, reason: '', painting: { own: [], grids: [] } }

const NOW = 'restorer.test'

/** `then`: what it does once its answer has been read, because an answer and an end may overtake each other. */
const answering = (then: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort } from 'node:worker_threads'
      new BroadcastChannel('${NOW}').onmessage = () => setImmediate(() => { ${then} })
      parentPort.on('message', () => parentPort.postMessage({ known: true }))`)}`,
  )

test.each([
  ['ends', 'process.exit(1)', 'ended'],
  ['fails', 'throw new Error("unforeseen")', 'unforeseen'],
])('a thread that %s between two questions fails the second', async (_, then, message) => {
  const threads = watchThreads()
  const restorer = startRestorer(answering(then))
  expect(await restorer.compare(states())).toEqual({ known: true })
  const now = new BroadcastChannel(NOW)
  now.postMessage(null)
  while (threads.gone === 0) await nextTurn()
  await expect(restorer.write(WRITE)).rejects.toThrow(message)
  await restorer.end()
  now.close()
})

test('what is asked when it is ended fails, and no thread is left', async () => {
  const threads = watchThreads()
  const restorer = startRestorer(new URL('data:text/javascript,setInterval(() => {}, 1e6)'))
  const refused = expect(restorer.compare(states())).rejects.toThrow('ended')
  await restorer.end()
  await refused
  expect(threads).toEqual({ started: 1, gone: 1 })
})

test('a restore that is under way when the server stops leaves no thread, and none begins', async () => {
  const threads = watchThreads()
  const travel = createTravel()
  const { compare } = travel.restorer()
  const refused = expect(compare(states())).rejects.toThrow()
  await travel.close()
  await refused
  expect(threads).toEqual({ started: 1, gone: 1 })
  expect(() => travel.restorer()).toThrow(Stopping)
})
