/** What is wrong with bytes is said precisely: one case for each sentence. */
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { LaneReader, type LaneState } from './lane.ts'
import { ACT_LIMITS } from './limits.ts'

const CLIENT = 77
const STATE: LaneState = {
  client: CLIENT,
  startedAt: 0,
  segments: ['12-abcdefgh'],
  elements: 2,
  lamport: 100,
}
const EMPTY: LaneState = { client: CLIENT, startedAt: 0, segments: [], elements: 0, lamport: 0 }

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))
const deflated = (bytes: number[] | Uint8Array): number[] => [...deflateSync(Uint8Array.from(bytes))]
/** 101, as a varint; then the time. */
const NEXT = [101, 0]
/** A stroke's head in the axial plane, its numbers, segment 0, slice 3, radius 4 mm. */
const STROKE = [0x2a, ...NEXT, 0, 3, 40]
const RUNS = [0x68, ...NEXT, 0]
const WITHDRAW = [0xa0, ...NEXT]
const LONG = [0x2a, ...NEXT, 0, 3, 40, 0xac, 2, 8, 8, ...Array.from({ length: 299 }, () => 0x88)]

const IN_LANE: readonly (readonly [string, readonly number[], string])[] = [
  ['nothing at all', [], 'The act ends early.'],
  ['a stroke without its points', STROKE, 'The act ends early.'],
  ['fewer points than said', [...STROKE, 3, 8, 8, 0x88], 'The act ends early.'],
  ['more points than bytes', [...STROKE, 0xff, 0xff, 3, 8, 8], 'The act ends early.'],
  ['bytes behind a stroke', [...STROKE, 1, 8, 8, 0], 'Something follows the act.'],
  ['a kind that is none', [0xc0, ...NEXT], 'It is no act that is known.'],
  ['a beginning in the middle', [0x00, 1, 5], 'It is no act that is known.'],
  ['a wrapper around nothing', [0xf0, ...STROKE, 1, 8, 8], 'It is no act that is known.'],
  ['a wrapper of another kind', [0xf4, ...STROKE, 1, 8, 8], 'It is no act that is known.'],
  ['a wrapper around a wrapper', [0xf1, 2, 0xf1, 2, ...STROKE, 1, 8, 8], 'It is no act that is known.'],
  ['a wrapped name', [0xf1, 2, 0x10, ...ascii('13-abcdefgh')], 'It is no act that is known.'],
  ['a group of one', [0xf1, 1, ...STROKE, 1, 8, 8], 'A group has 2 to 4096 acts.'],
  ['a group of too many', [0xf1, 0x81, 32, ...STROKE, 1, 8, 8], 'A group has 2 to 4096 acts.'],
  ['a number of nine bytes', [0x2a, ...Array.from({ length: 9 }, () => 0xff), 1], 'A number is too large.'],
  ['a number above 2^53', [0x2a, ...Array.from({ length: 7 }, () => 0xff), 0x1f], 'A number is too large.'],
  [
    'a number above 2^52',
    [0x2a, ...Array.from({ length: 7 }, () => 0xff), 0x0f, 0, 0, 3, 40, 1, 8, 8],
    'Its number in order is none.',
  ],
  ['a number 0', [0x2a, 0, 0, 0, 3, 40, 1, 8, 8], 'Its number in order is none.'],
  ['a number that does not grow', [0x2a, 100, 0, 0, 3, 40, 1, 8, 8], 'Its number in order does not grow.'],
  [
    'a number with zeros behind',
    [0x2a, 0xe5, 0, 0, 0, 3, 40, 1, 8, 8],
    'A number is written longer than it is.',
  ],
  [
    'a time beyond all',
    [0x2a, 101, ...Array.from({ length: 7 }, () => 0xff), 7, 0, 3, 40, 1, 8, 8],
    'Its time is none.',
  ],
  ['an axis that is none', [0x2b, ...NEXT, 0, 3, 40, 1, 8, 8], 'A slice lies across x, y or z.'],
  ['a square polygon', [0x5e, ...NEXT, 0, 3, 1, 8, 8], 'Its first byte says what it cannot have.'],
  ['rows with an axis', [0x69, ...NEXT, 0, 1, 0, 0, 0, 0, 0], 'Its first byte says what it cannot have.'],
  [
    'a segment without a name',
    [0x2a, ...NEXT, 1, 3, 40, 1, 8, 8],
    'It paints in a segment that its lane has not named.',
  ],
  ['a point far away', [...STROKE, 1, 0x82, 0x80, 8, 0], 'A point lies far outside of the volume.'],
  ['a step far away', [...STROKE, 2, 8, 8, 0, 0x82, 0x80, 8, 0], 'A point lies far outside of the volume.'],
  ['a point of half a byte', [...STROKE, 2, 8, 8, 0x80], 'A point is written as no point is.'],
  ['a small step in full', [...STROKE, 2, 8, 8, 0, 2, 2], 'A point is written longer than it is.'],
  ['a row of half a byte', [...RUNS, 2, 0, 0, 0, 5, 1, 0x08], 'A row is written as no row is.'],
  ['a first row in short', [...RUNS, 1, 0x88], 'A row is written as no row is.'],
  [
    'a small change in full',
    [...RUNS, 2, 0, 0, 0, 5, 1, 0, 0, 1, 0, 1],
    'A row is written longer than it is.',
  ],
  ['a row before the first column', [...RUNS, 2, 0, 0, 0, 5, 8, 0x18], 'A row lies outside of every volume.'],
  ['a row of no voxel', [...RUNS, 2, 0, 0, 0, 5, 1, 0x81], 'A row lies outside of every volume.'],
  ['a row beyond every column', [...RUNS, 1, 0, 0, 0, 5, 0xff, 31], 'A row lies outside of every volume.'],
  ['a slice beyond every slice', [...RUNS, 1, 0, 0x80, 32, 0, 0, 0], 'A row lies outside of every volume.'],
  // Two rows of a line, then the next line, of which the second comes too near.
  [
    'rows that touch',
    [...RUNS, 4, 0, 0, 0, 5, 2, 0, 0, 0, 0, 2, 0x88, 0x78],
    'A row touches the one before it.',
  ],
  [
    'a length beyond all',
    [0x7a, ...NEXT, 0, 3, 40, 1, 8, 8, 1, 0x80, 0x80, 0x80, 0x80, 8],
    'A length is larger than any stroke.',
  ],
  ["a switch by one's own number", [...WITHDRAW, CLIENT, 1, 0], 'It names no client.'],
  ['a switch of a client beyond all', [...WITHDRAW, 0x80, 0x80, 0x80, 0x80, 16, 1, 0], 'It names no client.'],
  ['a switch of too many', [...WITHDRAW, 0, 100, 0x80, 32], 'It turns more than 4096 acts.'],
  ['a switch of itself', [...WITHDRAW, 0, 0, 0], 'It turns acts that cannot have been made before it.'],
  [
    'a switch that reaches itself',
    [...WITHDRAW, 0, 3, 3],
    'It turns acts that cannot have been made before it.',
  ],
  [
    'a switch before the first act',
    [...WITHDRAW, 0, 101, 0],
    'It turns acts that cannot have been made before it.',
  ],
  ['a switch with a plane', [0xa2, ...NEXT, 0, 3, 0], 'Its first byte says what it cannot have.'],
  ['a name that is no key', [0x10, ...ascii('segment one')], 'It names no segment.'],
  ['a name that is too long', [0x10, ...ascii(`1-${'a'.repeat(30)}`)], 'It names no segment.'],
  ['a name again', [0x10, ...ascii('12-abcdefgh')], 'The lane has named this segment before.'],
  [
    'too many bytes',
    [...RUNS, ...Array.from({ length: ACT_LIMITS.bytes }, () => 1)],
    'An act has at most 16384 bytes.',
  ],
  ['deflated for nothing', [0xf2, 5, 1, 2, 3, 4, 5], 'It is deflated and not shorter for it.'],
  [
    'deflated from too much',
    [0xf2, 0x81, 0x80, 4, ...deflated(LONG)],
    'It inflates to more than an act may be.',
  ],
  ['deflated noise', [0xf2, 100, 6, 7, 8, 9], 'Its deflated part is broken.'],
  [
    'deflated from less than said',
    [0xf2, LONG.length - 127, 3, ...deflated(LONG)],
    'Its deflated part is broken.',
  ],
  ['deflated from more than said', [0xf2, 100, ...deflated(LONG)], 'Its deflated part is broken.'],
  [
    'bytes behind what is deflated',
    [0xf2, (LONG.length % 128) + 128, LONG.length >> 7, ...deflated(LONG), 0],
    'Something follows the act.',
  ],
]

describe('[M8] what is wrong is said of', () => {
  it.each(IN_LANE)('%s', (_, bytes, sentence) => {
    const reader = new LaneReader(STATE)
    expect(() => reader.read(Uint8Array.from(bytes))).toThrow(sentence)
    expect(reader.state).toBe(STATE)
  })

  it.each([
    ['an act before the lane began', [...STROKE, 1, 8, 8], 'A lane begins by saying when it began.'],
    ['a format of later', [0x00, 2, 5], 'The lane is of a format that is not known.'],
    ['a time beyond all', [0x00, 1, ...Array.from({ length: 7 }, () => 0xff), 15], 'Its time is none.'],
    ['bytes behind the beginning', [0x00, 1, 5, 5], 'Something follows the act.'],
  ] as const)('%s', (_, bytes, sentence) => {
    expect(() => new LaneReader(EMPTY).read(Uint8Array.from(bytes))).toThrow(sentence)
  })

  it('a bomb, which is never inflated beyond what it says it is', () => {
    const bomb = deflateSync(new Uint8Array(15 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(ACT_LIMITS.bytes - 4)
    const reader = new LaneReader(STATE)
    const before = process.memoryUsage().arrayBuffers
    expect(() => reader.read(Uint8Array.of(0xf2, 0x80, 0x80, 4, ...bomb))).toThrow(
      'Its deflated part is broken.',
    )
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024)
  })
})

describe('what is right', () => {
  it('is read, as its bytes say', () => {
    const reader = new LaneReader(STATE)
    const wrapped = Uint8Array.of(0xf2, (LONG.length % 128) + 128, LONG.length >> 7, ...deflated(LONG))
    expect(reader.read(wrapped)?.body).toMatchObject({ act: 'paint', segment: '12-abcdefgh', value: 1 })
    const rows = reader.read(
      Uint8Array.of(0x68, 102, 0, 0, 4, 0, 0, 0, 5, 2, 0, 0, 0, 0, 2, 0x88, 0x88),
    )?.body
    expect(rows).toMatchObject({
      shape: { rows: Int32Array.of(0, 0, 5, 8, 0, 0, 9, 12, 0, 1, 5, 8, 0, 1, 9, 12) },
    })
  })
})
