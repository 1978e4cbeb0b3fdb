/** Contents that a forger may craft: values that would break readers, floods, and bytes that are nothing at all. */
import { Refusal } from '@consilium/contract/refusals'
import { annotate, retire, setLabel, setReasoning } from '@consilium/crdt-schema/acts'
import { readRoots } from '@consilium/crdt-schema/changes'
import { assert, asyncProperty, integer } from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { examine } from './admit.ts'
import {
  clockOf,
  copyOf,
  deleting,
  dice,
  encoded,
  entryIn,
  offer,
  panel,
  triangle,
  typeIn,
  updateOf,
  verdictOf,
  writerOf,
} from './gateRig.ts'

describe('contents', () => {
  test('[G6] values that would break a reader are refused', () => {
    const { gated, page, first } = panel()
    const set = (value: unknown, field = 'label') =>
      verdictOf(
        gated,
        updateOf(page(101), (doc) => entryIn(doc, first).set(field, value)),
      )
    for (const bad of [
      { n: 10n },
      Number.NaN,
      Number.POSITIVE_INFINITY,
      [1, Number.NEGATIVE_INFINITY],
      undefined,
      { inside: undefined },
      new Uint8Array([1]),
      new Y.Doc(),
      new Y.XmlElement('p'),
      new Y.XmlText('p'),
      new Y.XmlFragment(),
      new Y.XmlHook('p'),
    ])
      expect(set(bad), String(bad)).toBe('malformed')
    expect(set(JSON.parse('{"__proto__": {"admin": true}}'))).toBe('malformed')
    expect(set(JSON.parse('[{"a": {"__proto__": 1}}]'))).toBe('malformed')
    expect(set({ inside: { constructor: 1 } })).toBe('malformed')
    expect(set({ '': 1 })).toBe('malformed')
    expect(set({ ['k'.repeat(513)]: 1 })).toBe('malformed')
    expect(set('x'.repeat(100_000))).toBe('too-large')
    expect(set(Array.from({ length: 20_000 }, () => 0))).toBe('too-large')
    let nested: unknown = 1
    for (let n = 0; n < 20; n++) nested = [nested]
    expect(set(nested)).toBe('malformed')
    for (let n = 0; n < 1_000; n++) nested = { deep: nested }
    expect(set(nested)).toBe('malformed')
  })

  test.each(['__proto__', 'constructor', 'prototype'])('[G6] nothing is kept under the name %s', (name) => {
    const { gated, page, first } = panel()
    const change = (write: (doc: Y.Doc) => void) => verdictOf(gated, updateOf(page(101), write))
    expect(change((doc) => entryIn(doc, first).set(name, 1))).toBe('malformed')
    expect(change((doc) => typeIn<Y.Map<unknown>>(doc, first, 'vertices').set(name, [0, 0, 0]))).toBe(
      'malformed',
    )
    expect(change((doc) => doc.getMap('annotations').set(name, new Y.Map()))).toBe('malformed')
    expect(change((doc) => doc.getMap(name).set('101-abcdefgh', new Y.Map()))).toBe('unknown-place')
  })

  test('[G6] a text has letters and nothing else', () => {
    const { gated, page, first } = panel()
    const change = (write: (text: Y.Text) => void) =>
      verdictOf(
        gated,
        updateOf(page(101), (doc) => write(typeIn<Y.Text>(doc, first, 'reasoning'))),
      )
    expect(change((text) => text.format(0, 2, { bold: true }))).toBe('malformed')
    expect(change((text) => text.insert(0, 'x', { bold: true }))).toBe('malformed')
    expect(change((text) => text.insertEmbed(0, { image: 'x' }))).toBe('malformed')
    expect(change((text) => text.insert(0, 'so 😀'))).toBe('let in')
    expect(change((text) => text.insert(0, 'x'.repeat(100_000)))).toBe('too-large')
  })

  test('[G6] bytes that are no text are refused, and half a character is never kept', () => {
    const { gated, page, first } = panel()
    const update = updateOf(page(101), (doc) => typeIn<Y.Text>(doc, first, 'reasoning').insert(0, 'mark'))
    const at = Buffer.from(update).indexOf('mark')
    // A surrogate written as three bytes, a continuation without its beginning, an overlong letter.
    for (const bad of [
      [0xed, 0xa0, 0x80, 0x20],
      [0x20, 0x80, 0x20, 0x20],
      [0xc0, 0xaf, 0x20, 0x20],
    ]) {
      const damaged = Uint8Array.from(update)
      damaged.set(bad, at)
      expect(verdictOf(gated, damaged)).toBe('malformed')
    }
  })

  test('[G8] floods and monsters are refused before they are applied', () => {
    const { gated } = panel()
    const clock = clockOf(gated.ydoc, 101)
    const gc = (length: number) => encoded(101, clock, [new Y.GC(Y.createID(101, clock), length)])
    expect(verdictOf(gated, gc(2 ** 30))).toBe('too-large')
    expect(verdictOf(gated, gc(2 ** 52))).toBe('malformed')
    expect(verdictOf(gated, gc(0))).toBe('malformed')
    expect(verdictOf(gated, new Uint8Array(5 * 1024 * 1024))).toBe('too-large')
    const half = new Uint8Array(2.5 * 1024 * 1024)
    expect(verdictOf(gated, [half, half])).toBe('too-large')
    const many = Array.from({ length: 60_000 }, (_, n) => new Y.GC(Y.createID(101, clock + n), 1))
    expect(verdictOf(gated, encoded(101, clock, many))).toBe('too-large')
    const ranges = Array.from({ length: 200_001 }, (_, n) => [101, n * 2, 1] as const)
    expect(verdictOf(gated, deleting(ranges))).toBe('too-large')
    expect(verdictOf(gated, [deleting(ranges.slice(0, 100_001)), deleting(ranges.slice(100_001))])).toBe(
      'too-large',
    )
    expect(verdictOf(gated, deleting([[101, 2 ** 40, 1]]))).toBe('malformed')
    const crowd = Array.from({ length: 65 }, (_, n) =>
      encoded(500 + n, 0, [new Y.GC(Y.createID(500 + n, 0), 1)]),
    )
    expect(verdictOf(gated, crowd)).toBe('too-large')
    for (const bytes of [
      [],
      [1],
      [255, 255, 255, 255, 15],
      [1, 255, 255, 255, 255, 15, 1, 0],
      [0, 1, 1, 255, 255, 255, 255, 15],
      // A clientID of 33 bits.
      [1, 1, 128, 128, 128, 128, 16, 0, 0, 1, 0],
      // A clock written longer than it must be.
      [1, 1, 101, 128, 0, 0, 1, 0],
    ])
      expect(verdictOf(gated, Uint8Array.from(bytes)), String(bytes)).toBe('malformed')
  })

  test('[G28] ranges out of order and over one another delete what they name and no more', () => {
    const { gated, page, first } = panel()
    const letters = typeIn<Y.Text>(page(101), first, 'reasoning')._start as Y.Item
    const at = letters.id.clock
    const gone = deleting([
      [101, at + 3, 1],
      [101, at, 2],
      [101, at + 1, 1],
      [101, at + 3, 2],
    ])
    const draft = examine(gated, writerOf(101), offer(gone))
    const copy = copyOf(gated.ydoc)
    Y.applyUpdate(copy, draft?.bytes ?? new Uint8Array())
    expect(typeIn<Y.Text>(copy, first, 'reasoning').toString()).toBe('u')
    expect(Y.decodeUpdate(draft?.bytes ?? new Uint8Array()).ds.clients.get(101)).toMatchObject([
      { clock: at, len: 2 },
      { clock: at + 3, len: 2 },
    ])
  })

  test('[G30] random bytes and damaged updates never get past it with something pending, and never throw anything but a refusal', async () => {
    const { gated, page, first } = panel()
    const good = updateOf(page(101), (doc) => {
      setLabel(doc, first, 'vessel')
      setReasoning(doc, first, 'it has spicules')
      annotate(doc, triangle)
      retire(doc, first, 'no')
    })
    await assert(
      asyncProperty(integer(), async (seed) => {
        const roll = dice(seed)
        const bytes = Uint8Array.from(good.subarray(0, roll(3) ? good.length : roll(good.length)))
        for (let n = roll(4); n >= 0; n--) bytes[roll(bytes.length || 1)] = roll(256)
        let draft = null
        try {
          // As `admit` does: damage may name a series that nobody has looked up.
          draft =
            (await gated.painting?.grids.with(() => examine(gated, writerOf(101), offer(bytes)))) ?? null
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
        }
        if (!draft) return
        const copy = copyOf(gated.ydoc)
        Y.applyUpdate(copy, draft.bytes)
        expect(copy.store.pendingStructs).toBeNull()
        expect(copy.store.pendingDs).toBeNull()
        expect(readRoots(copy).unreadable).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })
})
