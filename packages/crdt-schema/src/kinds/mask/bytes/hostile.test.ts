/** Bytes that were cut, changed or made up: an act, or one sentence, and nothing else. */
import { chance, pick } from '@consilium/geometry/raster/testing/chance'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MaskAct } from '../act.ts'
import { LaneReader, type LaneState, LaneWriter } from './lane.ts'
import { MalformedAct } from './malformed.ts'
import { CLIENT, laneOf } from './testing/randomLane.ts'

/** Reads, and holds that whatever comes out is one of two things; null where it was refused. */
function readOrRefuse(bytes: Uint8Array, state: LaneState): MaskAct | null | undefined {
  const reader = new LaneReader(state)
  try {
    return reader.read(bytes) ?? undefined
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedAct)
    expect((error as MalformedAct).message).toMatch(/^[A-Z].*\.$/)
    expect(reader.state).toBe(state)
    return null
  }
}

const isDeflated = (bytes: Uint8Array): boolean => (bytes[0] ?? 0) >= 0xf2

describe('what is no act', () => {
  it('[M8] is refused where an act ends early or goes on', () => {
    const { elements, before } = laneOf(9, 150)
    for (const [n, element] of elements.entries()) {
      const state = before[n]!
      for (let length = 0; length < element.length; length++) {
        // What names a segment is cut to another name, as good as any.
        const isName = element[0] === 16
        if (!isName && readOrRefuse(element.subarray(0, length), state) !== null)
          expect.fail(`${length} of ${element.length} bytes of element ${n} are read`)
      }
      const longer = Uint8Array.of(...element, 0)
      expect(readOrRefuse(longer, state)).toBeNull()
    }
  })

  it('[M8] is refused where a large deflated act ends early or goes on', () => {
    const by = chance(8)
    const rows = Int32Array.from(Array.from({ length: 900 }, (_, y) => [3, y, by(0, 40), by(50, 90)]).flat())
    const writer = new LaneWriter(CLIENT)
    const shape = { shape: 'runs', rows } as const
    const body = { act: 'paint', segment: '12-abcdefgh', value: 1, shape } as const
    const [begin, name, element] = writer.write({ id: { client: CLIENT, lamport: 1 }, at: 0, group: 1, body })
    const reader = new LaneReader(CLIENT)
    reader.read(begin!)
    reader.read(name!)
    const { state } = reader
    expect(isDeflated(element!)).toBe(true)
    expect(element!.length).toBeGreaterThan(1_200)
    expect(readOrRefuse(element!, state)?.body).toEqual(body)
    expect(readOrRefuse(Uint8Array.of(...element!, 0), state)).toBeNull()
    for (let length = 1; length < element!.length; length++)
      if (readOrRefuse(element!.subarray(0, length), state) !== null)
        expect.fail(`${length} of ${element!.length} bytes are read`)
  })

  it('[M8] is refused, or is an act with these very bytes: after bytes were changed, put in, or taken out', () => {
    const { elements, before } = laneOf(10, 600)
    const by = chance(4)
    let accepted = 0
    for (let trial = 0; trial < 60_000; trial++) {
      const n = by(1, elements.length - 1)
      const bytes = [...elements[n]!]
      for (let k = by(1, 3); k > 0; k--) {
        const at = by(0, bytes.length - 1)
        const value = pick(by, [0, 1, 0x7f, 0x80, 0xff, by(0, 255)])
        bytes.splice(at, by(0, 1), ...(by(0, 2) ? [value] : []))
        if (bytes.length === 0) bytes.push(value)
      }
      const state = before[n]!
      const changed = Uint8Array.from(bytes)
      const act = readOrRefuse(changed, state)
      if (!act) continue
      accepted += 1
      const [again, ...more] = new LaneWriter(state).write(act) as [Uint8Array, ...Uint8Array[]]
      expect(more).toEqual([])
      // What is deflated may be written in many ways; all of them are one act.
      if (isDeflated(changed) || isDeflated(again)) expect(readOrRefuse(again, state)).toEqual(act)
      else expect(again).toEqual(changed)
    }
    expect(accepted).toBeGreaterThan(1_000)
  })

  it('[M8] is refused where it is noise', () => {
    const { before } = laneOf(11, 40)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...before), (bytes, state) => {
        readOrRefuse(bytes, state)
      }),
      { numRuns: 20_000 },
    )
  })
})
