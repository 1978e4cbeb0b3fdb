/** What painting together means, case by case. Every painter is one clientID; slices are 40 × 4 voxels. */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import { describe, expect, it } from 'vitest'
import type { ActId, Hand, MaskAct, Paint, Switch } from '../act.ts'
import { MaskEngine } from './engine.ts'

const GRID: Grid = { size: [40, 4, 3], spacingUm: [500, 500, 2000] }
const SEGMENT = '9-nodule00'
const [A, B, C] = [1, 2, 3]

const act = (client: number, lamport: number, body: Paint | Switch): MaskAct => ({
  id: { client, lamport },
  at: 0,
  group: 1,
  body,
})

/** The voxels from `x0` to before `x1` of the first row of the middle slice. */
const row = (client: number, lamport: number, x0: number, x1: number, value: 0 | 1 = 1): MaskAct =>
  act(client, lamport, {
    act: 'paint',
    segment: SEGMENT,
    value,
    shape: { shape: 'runs', rows: Int32Array.of(1, 0, x0, x1) },
  })

const turn = (
  what: 'withdraw' | 'restore',
  client: number,
  lamport: number,
  target: ActId,
  { hand = 'author', count = 1 }: { hand?: Hand; count?: number } = {},
): MaskAct => act(client, lamport, { act: what, hand, target, count })

function engineOf(...acts: readonly MaskAct[]): MaskEngine {
  const engine = new MaskEngine({ grid: GRID })
  for (const one of acts) {
    engine.feed([one])
    engine.step()
  }
  return engine
}

/** Whose each voxel of the first eight of the row is. */
function authors(engine: MaskEngine): string {
  const picture = new Uint32Array(GRID.size[0] * GRID.size[1])
  engine.authorsOfSlice(SEGMENT, 2, 1, picture)
  return [...picture.subarray(0, 8)].map((client) => '.ABC'[client]).join('')
}

describe('[M22] an undo takes back one’s own work, wherever it lies, and nobody else’s', () => {
  const [a, b] = [row(A, 1, 0, 5), row(B, 2, 3, 8)]

  it('A paints, B paints over it, A undoes: what B painted is as it was', () => {
    expect(authors(engineOf(a, b))).toBe('AAABBBBB')
    expect(authors(engineOf(a, b, turn('withdraw', A, 3, a.id)))).toBe('...BBBBB')
  })

  it('B undoes: what lay below comes to light; A redoes: it lies where it lay', () => {
    expect(authors(engineOf(a, b, turn('withdraw', B, 3, b.id)))).toBe('AAAAA...')
    expect(authors(engineOf(a, b, turn('withdraw', A, 3, a.id), turn('restore', A, 4, a.id)))).toBe(
      'AAABBBBB',
    )
  })

  it('B erases in what A filled and A undoes: nothing is left, and the erasing is still there when A redoes', () => {
    const hole = row(B, 2, 1, 3, 0)
    const undone = engineOf(a, hole, turn('withdraw', A, 3, a.id))
    expect(authors(undone)).toBe('........')
    undone.feed([turn('restore', A, 4, a.id)])
    expect(authors(undone)).toBe('A..AA...')
  })

  it('two fill the same hole and one undoes: it stays filled, by the other', () => {
    const again = row(B, 2, 0, 5)
    expect(authors(engineOf(a, again, turn('withdraw', B, 3, again.id)))).toBe('AAAAA...')
    expect(authors(engineOf(a, again, turn('withdraw', A, 3, a.id)))).toBe('BBBBB...')
  })

  it('acts made at once are taken back at once, those by others in between not', () => {
    const group = [row(A, 5, 0, 2), row(A, 6, 4, 6), row(A, 7, 6, 8, 0)]
    expect(
      authors(
        engineOf(row(B, 6, 2, 8), ...group, turn('withdraw', A, 8, { client: A, lamport: 5 }, { count: 3 })),
      ),
    ).toBe('..BBBBBB')
  })
})

it('[M20] an act of long ago that arrives late lies where it belongs', () => {
  const engine = engineOf(row(B, 20, 2, 4), row(C, 30, 6, 8, 0))
  engine.feed([row(A, 10, 0, 8)])
  expect(authors(engine)).toBe('AABBAA..')
  engine.step()
  expect(authors(engine)).toBe('AABBAA..')
})

it('[M24] author and adjudicator each have a switch, which stands where the highest act on it put it, whenever that arrived', () => {
  const out = turn('withdraw', C, 5, { client: A, lamport: 1 }, { hand: 'adjudicator' })
  const engine = engineOf(out, row(A, 1, 0, 8))
  expect(engine.effective({ client: A, lamport: 1 })).toBe(false)
  engine.feed([turn('restore', A, 6, { client: A, lamport: 1 })])
  expect(authors(engine)).toBe('........')
  engine.feed([
    turn('restore', C, 7, out.body.act === 'withdraw' ? out.body.target : out.id, { hand: 'adjudicator' }),
  ])
  expect(authors(engine)).toBe('AAAAAAAA')
  // Made before the restore, arrived after it.
  engine.feed([turn('withdraw', B, 6, { client: A, lamport: 1 }, { hand: 'adjudicator' })])
  expect(engine.effective({ client: A, lamport: 1 })).toBe(true)
})

it('[M21] of every voxel it is known who made it what it is, and what lies below; also where it was erased', () => {
  const [a, b, c] = [row(A, 1, 0, 8), row(B, 2, 2, 4), row(C, 3, 3, 5, 0)]
  const engine = engineOf(a, b, c)
  expect(engine.blame(SEGMENT, 0, 0, 1)).toEqual({ act: a, under: null })
  expect(engine.blame(SEGMENT, 2, 0, 1)).toEqual({ act: b, under: a })
  expect(engine.blame(SEGMENT, 3, 0, 1)).toEqual({ act: c, under: b })
  expect(engine.valueAt(SEGMENT, 3, 0, 1)).toBe(0)
  expect(engine.blame(SEGMENT, 9, 0, 1)).toBeNull()
  expect(engine.blame('9-unknown0', 0, 0, 1)).toBeNull()
})

it('[M23] what is asked is answered as if all work were done, however much of it is left', () => {
  const acts = Array.from({ length: 30 }, (_, n) => row(A, n + 1, n % 8, (n % 8) + 1, n % 3 === 0 ? 0 : 1))
  const engine = new MaskEngine({ grid: GRID })
  engine.feed(acts)
  const before = authors(engine)
  for (let left = 29; left >= 0; left--) {
    let done = 0
    expect(engine.step(() => done++ < 1)).toBe(left === 0)
    expect(engine.waiting).toBe(left)
    expect(authors(engine)).toBe(before)
  }
})

it('[M25] voxels, volume and areas follow every act, and are not told while they are being counted', () => {
  const engine = engineOf(row(A, 1, 0, 8), row(B, 2, 6, 40))
  expect(engine.statistics(SEGMENT)).toMatchObject({ voxels: 40, volumeMl: 0.02 })
  expect([...(engine.statistics(SEGMENT)?.slices.voxels ?? [])]).toEqual([0, 40, 0])
  expect(engine.statistics(SEGMENT)?.slices.areaMm2(1)).toBe(10)
  expect(engine.authors(SEGMENT)).toEqual(
    new Map([
      [A, 6],
      [B, 34],
    ]),
  )
  engine.feed([row(C, 3, 0, 20, 0)])
  expect(engine.statistics(SEGMENT)).toBeNull()
  expect(engine.authors(SEGMENT)).toBeNull()
  engine.step()
  expect(engine.statistics(SEGMENT)?.voxels).toBe(20)
  expect(engine.authors(SEGMENT)).toEqual(new Map([[B, 20]]))
  expect(engine.statistics('9-unknown0')?.voxels).toBe(0)
})

it('tells which boxes may look different, of acts that are new and of those that are switched', () => {
  const dirty: [string, VoxelBox][] = []
  const engine = new MaskEngine({ grid: GRID, onDirty: (segment, box) => dirty.push([segment, box]) })
  const box = { x0: 0, x1: 5, y0: 0, y1: 1, z0: 1, z1: 2 }
  engine.feed([row(A, 1, 0, 5)])
  engine.feed([row(A, 1, 0, 5), turn('withdraw', A, 2, { client: A, lamport: 1 })])
  expect(dirty).toEqual([
    [SEGMENT, box],
    [SEGMENT, box],
  ])
})

it('copies slices across every axis, and boxes, over what is there', () => {
  const engine = engineOf(row(A, 1, 3, 5))
  const across = (axis: 0 | 1 | 2, index: number, length: number) => {
    const picture = new Uint8Array(length).fill(9)
    engine.copySlice(SEGMENT, axis, index, picture, 2)
    return [...picture.keys()].filter((i) => picture[i] === 2)
  }
  expect(across(2, 1, 160)).toEqual([3, 4])
  expect(across(1, 0, 120)).toEqual([43, 44])
  expect(across(0, 4, 12)).toEqual([4])
  expect(across(0, 5, 12)).toEqual([])
  const part = new Uint8Array(4)
  engine.copyBox(SEGMENT, { x0: 4, x1: 6, y0: 0, y1: 2, z0: 1, z1: 2 }, part)
  expect([...part]).toEqual([1, 0, 0, 0])
})

it('says what it holds: tiles where something was painted, and who is on top only where that was asked', () => {
  const engine = engineOf(row(A, 1, 0, 40))
  expect(engine.memory).toMatchObject({ tops: 0 })
  authors(engine)
  expect(engine.memory).toMatchObject({ tops: 2 * 32 * 32 * 4 * 4 })
  expect(engine.memory.bits).toBeGreaterThanOrEqual(2 * 512)
  expect(engine.memory.lists).toBeGreaterThan(0)
  expect(engine.memory.log).toBeGreaterThan(0)
})

it('[M108] the highest act over a voxel that an adjudicator withdrew is known, whatever lies there now', () => {
  const [low, high, over] = [row(A, 1, 0, 4), row(B, 2, 2, 6), row(C, 3, 3, 4)]
  const out = (client: number, lamport: number, of: MaskAct, hand: Hand = 'adjudicator'): MaskAct =>
    turn('withdraw', client, lamport, of.id, { hand })
  const engine = engineOf(low, high, over, out(C, 4, low), out(C, 5, high), out(A, 6, over, 'author'))
  const at = (x: number): MaskAct | null => engine.withdrawnAt(SEGMENT, x, 0, 1)
  expect([0, 2, 3, 5, 6].map((x) => at(x)?.id.client ?? null)).toEqual([A, B, B, B, null])
  engine.feed([turn('restore', C, 7, high.id, { hand: 'adjudicator' })])
  expect([at(3)?.id, at(5)]).toEqual([low.id, null])
  expect(engine.withdrawnAt('9-nobody000', 0, 0, 1)).toBeNull()
})
