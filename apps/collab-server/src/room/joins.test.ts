import * as decoding from 'lib0/decoding'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Whole } from '../revisions/work.ts'
import { Courier, type Sink } from './courier.ts'
import { Deletions } from './deletions.ts'
import { Joins } from './joins.ts'
import { writeMissing } from './missing.ts'
import { dice, randomUpdates, seen } from './randomDoc.ts'

const NAME = 'panel:acase'

function docOf(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** As the worker makes it, in one piece. */
const wholeOf = (doc: Y.Doc): Whole => ({
  updates: [Y.encodeStateAsUpdate(doc)],
  stateVector: Y.encodeStateVector(doc),
})

/** A page that reads all it is sent at once. */
class Reader implements Sink {
  readonly doc: Y.Doc
  readonly frames: { kind: number; frame: Uint8Array }[] = []
  backlog = 0
  open = true

  constructor(doc = new Y.Doc()) {
    this.doc = doc
  }

  send(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    expect(decoding.readVarString(decoder)).toBe(NAME)
    expect(decoding.readVarUint(decoder)).toBe(0)
    this.frames.push({ kind: decoding.readVarUint(decoder), frame })
    Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder))
    expect(decoding.hasContent(decoder)).toBe(false)
    expect(this.doc.store.pendingStructs).toBeNull()
    expect(this.doc.store.pendingDs).toBeNull()
  }
}

const opened: Joins[] = []
afterEach(() => {
  for (const joins of opened.splice(0)) joins.close()
})

function joinsOf(ydoc: Y.Doc, more: { make?: () => Promise<Whole>; keepMs?: number } = {}): Joins {
  const make = more.make ?? (() => Promise.reject(new Error('nobody was to ask the worker')))
  const joins = new Joins({ name: NAME, ydoc, courier: new Courier(), ...more, make })
  opened.push(joins)
  return joins
}

const NOTHING = Uint8Array.of(0)

/** Patient: the machine may be busy. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, 60_000)

describe('what a page lacks', () => {
  test('[J20] is, byte for byte, what Yjs would write for it, whatever was deleted, garbage or split', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const updates = randomUpdates(seed, 60)
      const roll = dice(seed)
      const doc = new Y.Doc()
      const deletions = new Deletions(doc)
      const partial = new Y.Doc()
      for (const [n, update] of updates.entries()) {
        Y.applyUpdate(doc, update)
        if (roll(3) > 0) continue
        if (n < updates.length / 2) Y.applyUpdate(partial, update)
        // Also clocks in the middle of a struct, and people nobody has heard of.
        const has = new Map(
          [...Y.decodeStateVector(Y.encodeStateVector(partial))].map(([client, clock]) => [
            client,
            Math.max(0, clock - roll(3)),
          ]),
        )
        if (roll(2) === 0) has.set(77, 3)
        if (roll(2) === 0) await deletions.prepare()
        const ours = writeMissing(doc, has, deletions)
        expect(
          Buffer.compare(ours, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(has))),
          `${seed} ${n}`,
        ).toBe(0)
      }
      deletions.close()
    }
  })

  test('[J20] reaches a page with nothing and a page with some, however the server came by it', async () => {
    for (let seed = 100; seed < 130; seed++) {
      const updates = randomUpdates(seed, 50)
      const half = docOf(updates.slice(0, updates.length / 2))
      const ydoc = docOf(updates.slice(0, updates.length / 2))
      const joins = joinsOf(ydoc)
      // Half of them after the frames were made.
      joins.prime(wholeOf(half))
      for (const update of updates.slice(updates.length / 2)) Y.applyUpdate(ydoc, update)
      const fresh = new Reader()
      await joins.answer(NOTHING, fresh)
      const back = new Reader(docOf(updates.slice(0, updates.length / 3)))
      back.doc.getMap('annotations').set('own', new Y.Map())
      await joins.answer(Y.encodeStateVector(back.doc), back)
      expect(seen(fresh.doc), `${seed}`).toBe(seen(ydoc))
      expect(Y.encodeStateVector(fresh.doc)).toEqual(Y.encodeStateVector(ydoc))
      back.doc.getMap('annotations').delete('own')
      expect(seen(back.doc), `${seed}`).toBe(seen(ydoc))
    }
  })
})

describe('a page that joins', () => {
  test('[J20] is synchronised with its last frame and not before', async () => {
    const updates = randomUpdates(7, 80)
    const ydoc = docOf(updates)
    const joins = joinsOf(ydoc)
    joins.prime(wholeOf(docOf(updates.slice(0, 20))))
    const page = new Reader()
    await joins.answer(NOTHING, page)
    expect(page.frames.map(({ kind }) => kind)).toEqual([2, 1])
    expect(seen(page.doc)).toBe(seen(ydoc))
  })

  test('[J21] gets the very buffers that others got, until something changes', async () => {
    const ydoc = docOf(randomUpdates(8, 80))
    const joins = joinsOf(ydoc)
    joins.prime(wholeOf(ydoc))
    const pages = Array.from({ length: 10 }, () => new Reader())
    await Promise.all(pages.map((page) => joins.answer(NOTHING, page)))
    for (const n of [0, 1]) expect(new Set(pages.map(({ frames }) => frames[n]?.frame)).size).toBe(1)
    ydoc.getMap('annotations').set('later', new Y.Map())
    const late = new Reader()
    await joins.answer(NOTHING, late)
    expect(late.frames[0]?.frame).toBe(pages[0]?.frames[0]?.frame)
    expect(late.frames[1]?.frame).not.toBe(pages[0]?.frames[1]?.frame)
    expect(late.doc.getMap('annotations').has('later')).toBe(true)
  })

  test('[J20] misses nothing that changes while its frames are on the way', async () => {
    const updates = randomUpdates(9, 120)
    const ydoc = docOf(updates.slice(0, 60))
    const joins = joinsOf(ydoc)
    joins.prime(wholeOf(ydoc))
    const page = new Reader()
    // The network is slow after the first frame; meanwhile others go on. This page gets none of their broadcasts.
    const send = page.send.bind(page)
    page.send = (frame) => {
      send(frame)
      page.backlog = 5_000_000
    }
    const answered = joins.answer(NOTHING, page)
    await until(() => expect(page.frames).toHaveLength(1))
    for (const update of updates.slice(60)) Y.applyUpdate(ydoc, update)
    page.backlog = 0
    await answered
    expect(seen(page.doc)).toBe(seen(ydoc))
  })

  test('[J21] and reads slowly, or leaves, holds up nobody else', async () => {
    const ydoc = docOf(randomUpdates(10, 60))
    const joins = joinsOf(ydoc)
    const slow = new Reader()
    slow.backlog = 5_000_000
    const gone = new Reader()
    gone.open = false
    const waits = joins.answer(NOTHING, slow)
    await joins.answer(NOTHING, gone)
    const page = new Reader()
    await joins.answer(NOTHING, page)
    expect(seen(page.doc)).toBe(seen(ydoc))
    expect([gone.frames.length, slow.frames.length]).toEqual([0, 0])
    slow.backlog = 0
    await waits
    expect(seen(slow.doc)).toBe(seen(ydoc))
  })

  test('what is no state vector is refused', async () => {
    const joins = joinsOf(new Y.Doc())
    const page = new Reader()
    await expect(joins.answer(Uint8Array.of(200, 1, 2), page)).rejects.toMatchObject({ code: 'malformed' })
    await expect(joins.answer(new Uint8Array(300_000), page)).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('what is kept for those who join', () => {
  /** Larger than what is written on the event loop. */
  function large(): Y.Doc {
    const doc = new Y.Doc()
    const root = doc.getMap('annotations')
    for (let n = 0; n < 5_000; n++) root.set(`k${n}`, n)
    return doc
  }

  test('[J21] is made once by the worker for everybody, and not at all for small documents', async () => {
    const ydoc = large()
    const make = vi.fn(async () => wholeOf(ydoc))
    const joins = joinsOf(ydoc, { make })
    const pages = Array.from({ length: 20 }, () => new Reader())
    await Promise.all(pages.map((page) => joins.answer(NOTHING, page)))
    expect(make).toHaveBeenCalledTimes(1)
    for (const { doc } of pages) expect(seen(doc)).toBe(seen(ydoc))
    // Who says that they have something, but lacks nearly everything, gets the same.
    const nearly = new Reader()
    nearly.doc.getMap('annotations').set('own', 1)
    await joins.answer(Y.encodeStateVector(nearly.doc), nearly)
    expect(nearly.frames[0]?.frame).toBe(pages[0]?.frames[0]?.frame)
    expect(make).toHaveBeenCalledTimes(1)
  })

  test('[J21] grows by frames, and is made anew where most of it is new', async () => {
    const ydoc = large()
    const make = vi.fn(async () => wholeOf(ydoc))
    const joins = joinsOf(ydoc, { make })
    const join = async (): Promise<number> => {
      const page = new Reader()
      await joins.answer(NOTHING, page)
      expect(seen(page.doc)).toBe(seen(ydoc))
      return page.frames.length
    }
    const write = (name: string) =>
      ydoc.transact(() => {
        for (let n = 0; n < 1_500; n++) ydoc.getMap('annotations').set(`${name} ${n}`, 'x'.repeat(400))
      })
    expect(await join()).toBe(2)
    write('first')
    expect(await join()).toBe(3)
    write('second')
    const worker = Promise.withResolvers<void>()
    make.mockImplementationOnce(async () => (await worker.promise, wholeOf(ydoc)))
    // Nobody waits for the worker.
    expect(await join()).toBe(4)
    expect(make).toHaveBeenCalledTimes(2)
    worker.resolve()
    await until(async () => expect(await join()).toBe(2))
    expect(make).toHaveBeenCalledTimes(2)
  })

  test('[J22] is dropped when nobody has joined for a while, but not while somebody is joining', async () => {
    const ydoc = large()
    const make = vi.fn(async () => wholeOf(ydoc))
    const joins = joinsOf(ydoc, { make, keepMs: 5 })
    const slow = new Reader()
    slow.backlog = 5_000_000
    const answered = joins.answer(NOTHING, slow)
    await until(() => expect(joins.bytesKept).toBeGreaterThan(50_000))
    // Longer than it is kept for nobody.
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(joins.bytesKept).toBeGreaterThan(50_000)
    slow.backlog = 0
    await answered
    await until(() => expect(joins.bytesKept).toBe(0))
    await joins.answer(NOTHING, new Reader())
    expect(make).toHaveBeenCalledTimes(2)
  })

  test('a worker that fails costs those who wait for it, and the next one is served', async () => {
    const ydoc = large()
    const make = vi.fn(async () => wholeOf(ydoc))
    make.mockRejectedValueOnce(new Error('the worker ended'))
    const joins = joinsOf(ydoc, { make })
    await expect(joins.answer(NOTHING, new Reader())).rejects.toThrow('the worker ended')
    const page = new Reader()
    await joins.answer(NOTHING, page)
    expect(seen(page.doc)).toBe(seen(ydoc))
  })
})

describe('the courier', () => {
  test('[J21] sends about a mebibyte in a turn of the event loop, whoever it is for', async () => {
    const courier = new Courier()
    const frame = new Uint8Array(300_000)
    const perTurn: number[] = []
    let sent = 0
    const sink: Sink = { open: true, backlog: 0, send: () => void (sent += frame.byteLength) }
    const all = Promise.all(
      Array.from({ length: 6 }, () =>
        courier.deliver(
          sink,
          Array(4).fill(() => frame),
        ),
      ),
    )
    let over = false
    void all.then(() => {
      over = true
    })
    while (!over) {
      sent = 0
      await new Promise((resolve) => setImmediate(resolve))
      perTurn.push(sent)
    }
    expect(perTurn.reduce((sum, bytes) => sum + bytes, 0)).toBe(24 * frame.byteLength)
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(1_200_000)
  })

  test('a frame that cannot be made ends its own page’s answer only', async () => {
    const courier = new Courier()
    const page = { open: true, backlog: 0, send: vi.fn() }
    const broken = () => {
      throw new Error('broken')
    }
    const failed = courier.deliver(page, [() => Uint8Array.of(1), broken, () => Uint8Array.of(3)])
    const fine = courier.deliver(page, [() => Uint8Array.of(2)])
    await expect(failed).rejects.toThrow('broken')
    await fine
    expect(page.send).toHaveBeenCalledTimes(2)
  })
})
