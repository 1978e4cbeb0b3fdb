import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { pageOf } from '../journal/pages.ts'
import type { Stored } from '../journal/replay.ts'
import { DamagedSnapshot, FORMAT, packSnapshot, type StoredSnapshot } from '../journal/snapshots.ts'
import { handOver } from './handOver.ts'
import { Lane, Stopping } from './lane.ts'
import { watchThreads } from './watchThreads.ts'

const lanes: Lane[] = []
afterEach(async () => {
  await Promise.all(lanes.splice(0).map((lane) => lane.close()))
})
function laneOf(...how: ConstructorParameters<typeof Lane>): Lane {
  const lane = new Lane(...how)
  lanes.push(lane)
  return lane
}

function small(text = 'abc'): Stored {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return { snapshot: null, pages: [pageOf([Y.encodeStateAsUpdate(doc)])], rows: 1, seq: 1 }
}

/** Four hundred thousand shared types. */
function enormous(): Stored {
  const pages = Array.from({ length: 20 }, (_, page) => {
    const doc = new Y.Doc()
    doc.transact(() => {
      for (let n = 0; n < 20_000; n++) doc.getMap(`of ${page}`).set(`k${n}`, new Y.Map())
    })
    return pageOf([Y.encodeStateAsUpdate(doc)])
  })
  return { snapshot: null, pages, rows: 20, seq: 20 }
}

const textOf = (update: unknown): string => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update as Uint8Array)
  return doc.getText('t').toString()
}

describe('a thread that makes states', () => {
  test('[J26] a document that is larger than its memory costs that task only', async () => {
    const lane = laneOf(undefined, 48)
    const tasks = [small('one'), enormous(), small('two'), small('three')]
    const results = await Promise.allSettled(tasks.map((stored) => lane.run({ wanted: 'update', stored })))
    expect(results.map((one) => (one.status === 'fulfilled' ? textOf(one.value) : one.reason.code))).toEqual([
      'one',
      'too-large-to-open',
      'two',
      'three',
    ])
  })

  test('[J26] a thread that dies or fails costs that task only', async () => {
    const script = `
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ wanted }) => {
        if (wanted === 'snapshot') process.exit(1)
        if (wanted === 'json') throw new Error('unforeseen')
        parentPort.postMessage({ answer: wanted })
      })`
    const lane = laneOf(new URL(`data:text/javascript,${encodeURIComponent(script)}`))
    const wanted = ['update', 'snapshot', 'update', 'json', 'digest'] as const
    const results = await Promise.allSettled(wanted.map((one) => lane.run({ wanted: one, stored: small() })))
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
      'update',
      'the worker ended',
      'update',
      'unforeseen',
      'digest',
    ])
  })

  test('[J10] a damaged snapshot is told from a task that failed', async () => {
    const lane = laneOf()
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'kept')
    const state = Y.encodeStateAsUpdateV2(doc)
    // What is handed over is gone: each time anew.
    const run = (damage: (snapshot: StoredSnapshot) => Partial<StoredSnapshot>) => {
      const { sha256, bytes } = packSnapshot(state, 1)
      const pieces = [bytes.slice(0, 20), bytes.slice(20)]
      const snapshot = { seq: 1, format: FORMAT, sha256, pieces }
      const stored = { snapshot: { ...snapshot, ...damage(snapshot) }, pages: [], rows: 0, seq: 1 }
      return lane.run({ wanted: 'update', stored })
    }
    expect(textOf(await run(() => ({})))).toBe('kept')
    await expect(run(() => ({ sha256: Buffer.alloc(32) }))).rejects.toBeInstanceOf(DamagedSnapshot)
    await expect(run(({ pieces }) => ({ pieces: pieces.slice(1) }))).rejects.toBeInstanceOf(DamagedSnapshot)
    await expect(run(() => ({ format: 1 }))).rejects.toBeInstanceOf(DamagedSnapshot)
    const hole: Stored = { ...small(), pages: [pageOf([Uint8Array.of(1, 1, 5, 7, 132, 5, 6, 1, 97, 0)])] }
    await expect(lane.run({ wanted: 'update', stored: hole })).rejects.toThrow('do not fit together')
  })

  test('what waits when the server stops is told so', async () => {
    const lane = laneOf()
    const tasks = [small(), small()].map((stored) => lane.run({ wanted: 'update', stored }))
    const settled = Promise.allSettled(tasks)
    await lane.close()
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(lane.run({ wanted: 'update', stored: small() })).rejects.toThrow(Stopping)
  })

  test('no thread is left when it is closed, nor one that was being ended already', async () => {
    const threads = watchThreads()
    const script = `
      import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ wanted }) => {
        parentPort.postMessage(wanted === 'json' ? { why: 'too large' } : { answer: wanted })
      })`
    const lane = laneOf(new URL(`data:text/javascript,${encodeURIComponent(script)}`))
    const full = lane.run({ wanted: 'json', stored: small() })
    const next = lane.run({ wanted: 'update', stored: small() })
    await expect(full).rejects.toMatchObject({ code: 'too-large-to-open' })
    // The next task waits for its memory.
    expect(threads).toEqual({ started: 1, gone: 0 })
    expect(await next).toBe('update')
    expect(threads).toEqual({ started: 2, gone: 1 })
    await expect(lane.run({ wanted: 'json', stored: small() })).rejects.toMatchObject({
      code: 'too-large-to-open',
    })
    await lane.close()
    expect(threads).toEqual({ started: 2, gone: 2 })
  })
})

test('bytes that change hands are alone in their buffer, and none is sent twice', () => {
  const pooled = [Buffer.from('abc'), Buffer.from('def')]
  const whole = new Uint8Array(64)
  const { message, buffers } = handOver({
    a: pooled,
    b: [whole, whole.subarray(3)],
    n: 1,
    none: null,
    s: 'x',
  })
  expect(buffers.map(({ byteLength }) => byteLength)).toEqual([3, 3, 64, 61])
  const copy = structuredClone(message, { transfer: buffers })
  expect(copy.a.map((one) => Buffer.from(one).toString())).toEqual(['abc', 'def'])
  expect([copy.n, copy.none, copy.s, whole.byteLength]).toEqual([1, null, 'x', 0])
  expect(pooled[0]?.toString()).toBe('abc')
})
