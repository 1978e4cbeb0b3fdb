import { afterEach, expect, test } from 'vitest'
import { Lent } from './lending.ts'
import { JobFault, WorkerPool } from './workers.ts'

/** A thread that does as it is told, however bad that is. */
const SCRIPT = `
  import { parentPort } from 'node:worker_threads'
  import { zstdCompressSync } from 'node:zlib'
  parentPort.on('message', (what) => {
    if (what === 'die') process.exit(1)
    if (what === 'throw') throw new Error('unforeseen')
    if (what === 'hang') for (;;);
    if (what === 'hoard') for (const all = []; ; ) all.push(Array.from({ length: 1e5 }, (_, i) => ({ i })))
    if (what === 'wait') return setTimeout(() => parentPort.postMessage({ t: 'done', reply: 'WAITED' }), 500)
    if (what === 'never') return
    if (what === 'compress') for (let n = 0; n < 2_000; n++) zstdCompressSync(Buffer.alloc(20_000, n))
    if (what === 'refuse') return parentPort.postMessage({ t: 'fault', message: 'Damaged: so it is.', trace: null })
    if (what.lent) {
      const reply = Buffer.from(what.lent).toString().toUpperCase()
      return parentPort.postMessage({ t: 'done', reply, lent: what.lent.buffer }, [what.lent.buffer])
    }
    parentPort.postMessage({ t: 'done', reply: what.toUpperCase() })
  })
  parentPort.postMessage({ t: 'ready' })
`
const script = new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`)

let pool: WorkerPool<string, string>
const open = (quietMs = 60_000) => {
  pool = new WorkerPool(script, { size: 2, workerData: null, heapMb: 32, quietMs, lastMs: 5_000 })
  return pool
}
afterEach(() => pool.close())

test('every job gets its own answer, however many wait', async () => {
  const words = Array.from({ length: 40 }, (_, i) => `word${i}`)
  const threads = open()
  expect(await Promise.all(words.map((word) => threads.run(word)))).toEqual(
    words.map((word) => word.toUpperCase()),
  )
})

test('memory that is lent to a thread comes back with its answer, and is lost with a thread that dies', async () => {
  const threads = new WorkerPool<{ lent: Uint8Array } | string, string>(script, {
    size: 1,
    workerData: null,
    heapMb: 32,
    quietMs: 60_000,
  })
  try {
    await threads.run('so that there is a thread')
    const lent = Lent.of(Buffer.from('word'))
    const answer = threads.run({ lent: lent.bytes }, 60_000, lent)
    expect(lent.memory.detached).toBe(true)
    expect(await answer).toBe('WORD')
    expect(Buffer.from(lent.bytes).toString()).toBe('word')
    await expect(threads.run('die', 60_000, lent)).rejects.toThrow(JobFault)
    expect(lent.memory.detached).toBe(true)
  } finally {
    await threads.close()
  }
})

test.each([
  ['die', /stops the reader/],
  ['throw', /stops the reader/],
  ['hoard', /more memory than allowed/],
  ['refuse', /so it is/],
])('[S20] a file that makes the reader %s costs itself only', async (what, sentence) => {
  const threads = open()
  const jobs = ['one', what, 'two', what, 'three', 'four'].map((word) => threads.run(word))
  const results = await Promise.allSettled(jobs)
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : null))).toEqual([
    'ONE',
    null,
    'TWO',
    null,
    'THREE',
    'FOUR',
  ])
  for (const job of [jobs[1], jobs[3]]) {
    const error = await job?.catch((fault: unknown) => fault)
    expect(error).toBeInstanceOf(JobFault)
    expect((error as Error).message).toMatch(sentence)
  }
})

test('[S20] a file that makes the reader hang is given up, and the next is read', async () => {
  const threads = open()
  await expect(threads.run('hang', 300)).rejects.toThrow(/longer than allowed/)
  expect(await threads.run('next')).toBe('NEXT')
})

test('[S20] a thread that gets no processor is waited for, but not for ever', async () => {
  const threads = open()
  expect(await threads.run('wait', 50)).toBe('WAITED')
  await expect(threads.run('never', 10)).rejects.toThrow(/longer than allowed/)
})

test('a thread that cannot start fails its jobs instead of being started for ever', async () => {
  pool = new WorkerPool(new URL('data:text/javascript,throw new Error("broken")'), {
    size: 2,
    workerData: null,
    heapMb: 32,
    quietMs: 60_000,
  })
  await expect(pool.run('anything')).rejects.toThrow('broken')
})

test('[S69] a job under way when all is closed is done and answered: a thread that is stopped while it compresses would take the server with it', async () => {
  const threads = open()
  await threads.run('so that there is a thread')
  const compressed = threads.run('compress')
  await threads.close()
  expect(await compressed).toBe('COMPRESS')
})

test('closing rejects what waits, and what takes too long', async () => {
  const threads = new WorkerPool<string, string>(script, {
    size: 1,
    workerData: null,
    heapMb: 32,
    quietMs: 60_000,
    lastMs: 50,
  })
  await threads.run('so that there is a thread')
  const waiting = Promise.all([
    expect(threads.run('hang')).rejects.toThrow(/stopping/),
    expect(threads.run('next')).rejects.toThrow(/stopping/),
  ])
  await threads.close()
  await waiting
  await expect(threads.run('late')).rejects.toThrow(/stopped/)
})
