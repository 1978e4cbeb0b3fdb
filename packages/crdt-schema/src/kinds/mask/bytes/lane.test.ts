/** What is written into a lane is read as it was; what is no act gives one sentence, and nothing else. */
import { type Chance, chance } from '@consilium/geometry/raster/testing/chance'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MaskAct, Paint, Switch } from '../act.ts'
import { LaneReader, LaneWriter } from './lane.ts'
import { LANE_LIMITS } from './limits.ts'
import { CLIENT, laneOf } from './testing/randomLane.ts'

const START = 1_767_600_000_000

const paint = (rest: Partial<Paint> = {}): Paint => ({
  act: 'paint',
  segment: '12-abcdefgh',
  value: 1,
  shape: {
    shape: 'stroke',
    axis: 2,
    slice: 3,
    square: false,
    radiusUm: 4000,
    points: Int32Array.of(8, 8, 9, 8),
  },
  ...rest,
})

const actOf = (body: Paint | Switch, lamport = 5): MaskAct => ({
  id: { client: CLIENT, lamport },
  at: START,
  group: 1,
  body,
})

/** Points as a hand makes them: its step changes by half a voxel at most from one to the next, now and then by more. */
function hand(by: Chance, count: number): Int32Array {
  const points = new Int32Array(2 * count)
  let [u, v, du, dv] = [by(0, 9000), by(0, 9000), 0, 0]
  for (let i = 0; i < count; i++) {
    points.set([u, v], 2 * i)
    const most = by(1, 20) === 1 ? 12 : 2
    du += by(-most, most)
    dv += by(-most, most)
    u += du
    v += dv
  }
  return points
}

describe('what is written', () => {
  it('[M7] is read as it was: every kind, switches, groups', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const { elements, acts } = laneOf(seed, 400)
      const reader = new LaneReader(CLIENT)
      const read = elements.map((element) => reader.read(element)).filter((act) => act !== null)
      expect(read).toEqual(acts)
    }
  })

  it('[M7] is written the same again', () => {
    for (let seed = 21; seed <= 24; seed++) {
      const { elements } = laneOf(seed, 400)
      const reader = new LaneReader(CLIENT)
      const writer = new LaneWriter(CLIENT)
      const again = elements.flatMap((element) => {
        const act = reader.read(element)
        return act === null ? [] : writer.write(act)
      })
      expect(again).toEqual(elements)
    }
  })

  it('[M7] holds at the ends of every range', () => {
    const whole = (least: number, most: number) =>
      fc.oneof(fc.integer({ min: least, max: most }), fc.constantFrom(least, most, Math.max(least, 0)))
    const place = whole(-65_536, 65_536)
    const vector = fc.tuple(whole(-1000, 1000), whole(-1000, 1000), whole(-1000, 1000))
    const points = fc.array(place, { maxLength: 40 }).map((all) => Int32Array.from(all.slice(all.length % 2)))
    const stroke = fc.record({
      shape: fc.constant('stroke' as const),
      axis: fc.constantFrom(0 as const, 1 as const, 2 as const),
      slice: whole(0, 4095),
      square: fc.boolean(),
      radiusUm: whole(0, 1000).map((n) => 100 * n),
      points,
    })
    const ball = fc.record({
      shape: fc.constant('ball' as const),
      slab: fc.boolean(),
      radiusUm: whole(0, 1000).map((n) => 100 * n),
      origin: fc.tuple(place, place, place),
      u: vector,
      v: vector,
      normal: vector,
      points,
    })
    const polygon = fc.record({
      shape: fc.constant('polygon' as const),
      axis: fc.constantFrom(0 as const, 1 as const, 2 as const),
      slice: whole(0, 4095),
      points,
    })
    const masked = fc.record({
      shape: fc.constant('masked' as const),
      base: fc.oneof(stroke, ball),
      keep: fc.array(whole(0, 2 ** 31 - 1), { maxLength: 30 }).map((all) => Int32Array.from(all)),
    })
    const turned = fc
      .tuple(whole(2, 2 ** 52), whole(0, 2 ** 32 - 1), whole(1, 4096), whole(1, 2 ** 52))
      .filter(([lamport, , count, target]) => target + count <= lamport)
    const body = fc.oneof(stroke, ball, polygon, masked).map((shape) => paint({ shape }))
    fc.assert(
      fc.property(body, whole(1, 2 ** 52), whole(1, 4096), whole(0, 2 ** 40), (of, lamport, group, later) => {
        const act = { ...actOf(of, lamport), group, at: START + 100 * later }
        const writer = new LaneWriter({
          client: CLIENT,
          startedAt: START,
          segments: [],
          elements: 1,
          lamport: 0,
        })
        const reader = new LaneReader(writer.state)
        expect(writer.write(act).map((element) => reader.read(element))).toEqual([null, act])
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(turned, fc.boolean(), ([lamport, client, count, target], isAuthor) => {
        const act = actOf(
          {
            act: isAuthor ? 'withdraw' : 'restore',
            hand: isAuthor ? 'author' : 'adjudicator',
            target: { client: client || CLIENT, lamport: target },
            count,
          },
          lamport,
        )
        const writer = new LaneWriter(CLIENT)
        const reader = new LaneReader(CLIENT)
        expect(writer.write(act).map((element) => reader.read(element))).toEqual([null, act])
      }),
      { numRuns: 2_000 },
    )
  })

  it('[M7] is deflated where that is shorter', () => {
    const rows = Int32Array.from({ length: 4 * 4000 }, (_, i) => [9, i >> 2, 100, 140][i & 3] as number)
    const act = actOf(paint({ shape: { shape: 'runs', rows } }))
    const elements = new LaneWriter(CLIENT).write(act)
    expect(elements.at(-1)?.length).toBeLessThan(100)
    const reader = new LaneReader(CLIENT)
    expect(elements.map((element) => reader.read(element)).at(-1)).toEqual(act)
  })

  it('[M10] takes at most 100 bytes for a stroke of sixty points, 120 for one in any plane', () => {
    const by = chance(12)
    const writer = new LaneWriter({
      client: CLIENT,
      startedAt: START,
      segments: [],
      elements: 1,
      lamport: 90_000,
    })
    const plane = {
      origin: [9000, 9000, 3000],
      u: [724, 724, 0],
      v: [-591, 591, 591],
      normal: [577, -577, 816],
    } as const
    for (let n = 0; n < 200; n++) {
      const points = hand(by, 60)
      const slice = by(0, 599)
      const lamport = 90_001 + 2 * n
      const at = START + 100 * by(0, 72_000)
      const inSlice = { shape: 'stroke', axis: 2, slice, square: false, radiusUm: 5000, points } as const
      const inSpace = { shape: 'ball', slab: n % 2 === 0, radiusUm: 5000, ...plane, points } as const
      const sizes = [inSlice, inSpace].map(
        (shape, k) => writer.write({ ...actOf(paint({ shape }), lamport + k), at }).at(-1)?.length,
      )
      expect(sizes[0]).toBeLessThanOrEqual(100)
      expect(sizes[1]).toBeLessThanOrEqual(120)
    }
  })

  it('is refused by the writer where it is longer than an act may be, and the lane goes on where it stood', () => {
    const by = chance(3)
    const points = Int32Array.from({ length: 12_000 }, () => by(-65_536, 65_536))
    const writer = new LaneWriter(CLIENT)
    writer.write(actOf(paint()))
    const { state } = writer
    const long = paint({ segment: '13-abcdefgh', shape: { shape: 'polygon', axis: 2, slice: 0, points } })
    expect(() => writer.write(actOf(long, 6))).toThrow(RangeError)
    expect(writer.state).toBe(state)
  })
})

describe('a lane', () => {
  it('says once when it began, and names each segment once', () => {
    const writer = new LaneWriter(CLIENT)
    const lengths = [5, 6, 7, 8].map(
      (lamport) =>
        writer.write(actOf(paint({ segment: lamport > 6 ? '13-abcdefgh' : '12-abcdefgh' }), lamport)).length,
    )
    expect(lengths).toEqual([3, 1, 2, 1])
  })

  it('is continued where somebody read it to', () => {
    const { elements, acts } = laneOf(5, 60)
    const reader = new LaneReader(CLIENT)
    for (const element of elements) reader.read(element)
    const last = acts.at(-1)!
    const act = { ...actOf(paint(), last.id.lamport + 3), at: last.at }
    expect(new LaneWriter(reader.state).write(act).map((element) => reader.read(element))).toEqual([act])
  })

  it('takes an act of before it began as made when it began', () => {
    const writer = new LaneWriter(CLIENT)
    const reader = new LaneReader(CLIENT)
    const elements = [actOf(paint()), { ...actOf(paint(), 6), at: START - 60_000 }].flatMap((act) =>
      writer.write(act),
    )
    expect(elements.map((element) => reader.read(element)?.at)).toEqual([undefined, undefined, START, START])
  })

  it('is full before it is longer than a lane may be', () => {
    const writer = new LaneWriter(CLIENT)
    const reader = new LaneReader(CLIENT)
    let lamport = 1
    while (!writer.isFull)
      for (const element of writer.write(actOf(paint(), lamport++)))
        expect(() => reader.read(element)).not.toThrow()
    expect(writer.state.elements).toBeGreaterThan(LANE_LIMITS.elements - 3)
    expect(writer.state.elements).toBeLessThanOrEqual(LANE_LIMITS.elements)
    const full = new LaneReader({ ...reader.state, elements: LANE_LIMITS.elements })
    const [element] = writer.write(actOf(paint(), lamport))
    expect(() => full.read(element!)).toThrow('The lane is full.')
  })
})
