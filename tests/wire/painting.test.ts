/**
 * Several people paint one volume over the wire: what arrives, what is refused, what the record says of it. Longer than other files: all of it
 * is asked of the same server, which is started once.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Blame, Comparison } from '@consilium/contract/history'
import type { ChainReport, Revisions } from '@consilium/contract/revisions'
import { annotate, OwnHistory, paint, retire, setLabel, turn } from '@consilium/crdt-schema/acts'
import { actsIn } from '@consilium/crdt-schema/painting/archive'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import { type Lane, lanesOf } from '@consilium/crdt-schema/painting/lanes'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Link } from '../../apps/cli/src/link.ts'
import { takeAway } from '../../apps/cli/src/verify/takeAway.ts'
import { recordIn, verifyRecord } from '../../apps/cli/src/verify/verify.mjs'
import { openPage, type Page, until } from './page.ts'
import { dab, GRID, openStudio, type Studio } from './studio.ts'
import { openWard, type Ward } from './ward.ts'

let ward: Ward
let studio: Studio
let segment: string
let ann: Page
let ben: Page

beforeAll(async () => {
  ward = await openWard()
})
afterAll(() => ward?.server.close())

beforeEach(async () => {
  studio = await openStudio(ward)
  ann = await openPage(ward.okafor, studio.name)
  ben = await openPage(ward.lindqvist, studio.name)
  segment = annotate(ann.doc, {
    kind: 'segment',
    label: '',
    source: studio.source,
    points: [],
    name: 'Nodule 1',
  })
  await ann.saved()
  await until('the segment', () => ben.doc.getMap('annotations').has(segment))
})

const put = (page: Page, x: number) => paint(page.doc, GRID, [{ segment, value: 1, shape: dab(x) }])
const acts = (page: Page): number => recordOf(page.doc).acts.length

function raster(doc: Y.Doc): string {
  const engine = new MaskEngine({ grid: GRID })
  engine.feed(recordOf(doc).acts.map(({ act }) => act))
  engine.step()
  const target = new Uint8Array(64 * 48)
  engine.copySlice(segment, 2, 1, target)
  return target.join('')
}
const both = (count: number): Promise<void> =>
  until('the painting', () => acts(ann) === count && acts(ben) === count)

describe('people who paint', () => {
  test('[M40] see each other’s strokes at once; one takes theirs back, and the other’s stays', async () => {
    const history = new OwnHistory(ann.doc)
    put(ann, 10)
    await both(1)
    put(ben, 12)
    await both(2)
    const alone = new Y.Doc()
    Y.applyUpdate(alone, Y.encodeStateAsUpdate(ben.doc))
    history.undo()
    await both(3)
    expect(raster(ann.doc)).toBe(raster(ben.doc))
    const bens = new MaskEngine({ grid: GRID })
    bens.feed(
      recordOf(alone)
        .acts.map(({ act }) => act)
        .filter(({ id }) => id.client === ben.client),
    )
    const target = new Uint8Array(64 * 48)
    bens.copySlice(segment, 2, 1, target)
    expect(raster(ben.doc)).toBe(target.join(''))
  })

  test('[M43] paint offline while others go on, come back, and both have the same', async () => {
    put(ann, 10)
    await both(1)
    ben.disconnect()
    for (let n = 0; n < 30; n++) put(ben, 20 + n)
    for (let n = 0; n < 5; n++) put(ann, 22 + n)
    await ann.saved()
    ben.connect()
    await ben.saved()
    await both(36)
    expect(raster(ann.doc)).toBe(raster(ben.doc))
  })

  test('go on in a segment that somebody deletes meanwhile; it comes back with all of it', async () => {
    put(ann, 10)
    await both(1)
    ben.disconnect()
    put(ben, 12)
    retire(ann.doc, segment, 'none')
    await ann.saved()
    ben.connect()
    await ben.saved()
    await both(2)
    expect(ben.refusals).toEqual([])
  })
})

describe('[M46] the server refuses', () => {
  const lane = (page: Page): Lane => lanesOf(page.doc).get(`${page.client}/0`) as Lane
  const others = (page: Page): Lane => lanesOf(page.doc).get(`${ben.client}/0`) as Lane
  const one = (client: number | null, lamport: number) => [
    { target: { client: client ?? 0, lamport }, count: 1 },
  ]

  const FORGED: [string, string, (page: Page) => void][] = [
    [
      'taking back what another painted',
      'not-yours',
      ({ doc }) => turn(doc, 'withdraw', 'author', one(ben.client, 2)),
    ],
    [
      'the adjudicator’s hand of a reader',
      'not-yours',
      ({ doc }) => turn(doc, 'withdraw', 'adjudicator', one(ben.client, 2)),
    ],
    ['another’s lane', 'foreign-authorship', (page) => others(page).push([Uint8Array.of(1)])],
    [
      'a lane in another’s name',
      'foreign-authorship',
      ({ doc }) => lanesOf(doc).set(`${ben.client}/1`, new Y.Array<Uint8Array>()),
    ],
    [
      'a lane that is left out',
      'malformed',
      ({ doc, client }) => lanesOf(doc).set(`${client}/2`, new Y.Array<Uint8Array>()),
    ],
    ['the front of one’s own lane', 'malformed', (page) => lane(page).insert(0, [Uint8Array.of(1)])],
    ['bytes that are no act', 'malformed', (page) => lane(page).push([Uint8Array.of(7, 7, 7)])],
    ['more bytes than an act has', 'too-large', (page) => lane(page).push([new Uint8Array(17_000)])],
    ['removing an act', 'never-removed', (page) => lane(page).delete(1, 1)],
    ['removing another’s act', 'never-removed', (page) => others(page).delete(1, 1)],
    ['removing a lane', 'never-removed', ({ doc, client }) => lanesOf(doc).delete(`${client}/0`)],
    [
      'an archive',
      'never-changed',
      ({ doc }) => doc.getMap('masks-archive').set('0'.repeat(64), { lanes: [] }),
    ],
    [
      'pictures of another case',
      'foreign-series',
      ({ doc }) => {
        const source = { ...studio.source, series: 'elsewhere0000000' }
        const other = annotate(doc, { kind: 'segment', label: '', source, points: [] })
        paint(doc, GRID, [{ segment: other, value: 1, shape: dab(3) }])
      },
    ],
  ]

  test.each(FORGED)('%s: %s', async (_, code, forge) => {
    put(ann, 10)
    await both(1)
    put(ben, 12)
    await both(2)
    const before = raster(ben.doc)
    forge(ann)
    await until('the refusal', () => ann.refusals.length > 0)
    expect(ann.refusals).toEqual([code])
    put(ben, 14)
    await ben.saved()
    const { name } = studio
    const looker = await openPage(ward.solberg, name, { client: null })
    expect(acts(looker)).toBe(3)
    expect(raster(looker.doc)).toBe(raster(ben.doc))
    expect(raster(ben.doc)).not.toBe(before)
  })

  test('whoever may only look', async () => {
    const looker = await openPage(ward.solberg, studio.name)
    put(looker, 10)
    await until('the refusal', () => looker.refusals.length > 0)
    expect(looker.refusals).toEqual(['role-may-not-annotate'])
  })
})

describe('the record of painting', () => {
  test('[M49] names the segment that was painted in or taken back from, and who did', async () => {
    const act = put(ann, 10)
    await both(1)
    setLabel(ann.doc, segment, 'solid-nodule')
    put(ann, 14)
    await ann.saved()
    await both(2)
    const ada = await openPage(ward.vasquez, studio.name)
    turn(ada.doc, 'withdraw', 'adjudicator', [{ target: act, count: 1 }])
    await ada.saved()
    const { items } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=2`)
    expect(items[0]).toMatchObject({
      author: { name: 'Prof. H. Vasquez' },
      touched: [{ root: 'annotations', entry: segment, op: 'change', fields: ['voxels'] }],
    })
    const ofSegment = await ward.lindqvist.get<Revisions>(
      `/documents/${studio.name}/revisions?entry=${segment}`,
    )
    expect(ofSegment.items.length).toBeGreaterThanOrEqual(4)
    const blame = await ward.lindqvist.get<Blame>(`/documents/${studio.name}/annotations/${segment}/blame`)
    expect(blame.fields['name']?.writer.author.name).toBe('Dr A. Okafor')
  })

  test('[M49] an act leads by its clock to the revision in which it was written', async () => {
    put(ann, 10)
    put(ann, 12)
    await both(2)
    put(ben, 14)
    await both(3)
    const revisions = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions`)
    const painted = revisions.items.filter(({ touched }) =>
      touched.some(({ fields }) => fields.includes('voxels')),
    )
    const index = new Uint8Array(
      await (await ward.lindqvist.ask('GET', `/documents/${studio.name}/blame`)).arrayBuffer(),
    )
    const seqs = recordOf(ben.doc).acts.map(({ act, clock }) => seqOf(index, act.id.client, clock))
    expect(new Set(seqs)).toEqual(new Set(painted.map(({ seq }) => seq)))
    const { author } = painted.find(({ seq }) => seq === seqs.at(-1)) ?? {}
    expect(author?.name).toBe((await ward.lindqvist.get<{ person: { name: string } }>('/me')).person.name)
  })

  test('[M50] is read again after everybody has gone, and everything that is kept says the same', async () => {
    for (let n = 0; n < 40; n++) put(n % 2 ? ann : ben, 5 + n)
    const history = new OwnHistory(ann.doc)
    put(ann, 3)
    history.undo()
    await ann.saved()
    await ben.saved()
    await both(42)
    const before = raster(ann.doc)
    ann.close()
    ben.close()
    await until('everybody to be gone', () => ward.server.running.services.room.live(studio.name) === null)
    const again = await openPage(ward.okafor, studio.name)
    expect(raster(again.doc)).toBe(before)
    put(again, 30)
    await again.saved()
    expect(await ward.vasquez.get<ChainReport>(`/documents/${studio.name}/chain?deep=true`)).toMatchObject({
      ok: true,
    })
  })
})

test('[M50] is verified to the last byte by whoever takes the record away', async () => {
  put(ann, 10)
  await both(1)
  put(ben, 12)
  await both(2)
  const folder = mkdtempSync(join(tmpdir(), 'consilium-painting-'))
  try {
    const { url, data } = ward.server
    const link = new Link({ server: url, token: readFileSync(join(data, 'admin-token'), 'utf8').trim() }, {})
    await takeAway(link, { id: studio.caseId, key: 'LN' }, join(folder, 'whole'))
    const whole = await verifyRecord(recordIn(join(folder, 'whole')), { deep: true })
    expect(whole).toMatchObject({ ok: true, faults: [] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('[M55] two revisions compared say what each segment gained and lost, in voxels and in ml', async () => {
  put(ann, 10)
  await both(1)
  const { head: first } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=1`)
  put(ben, 12)
  paint(ben.doc, GRID, [{ segment, value: 0, shape: dab(8) }])
  await ben.saved()
  await both(3)
  const { head } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=1`)
  const between = (a: number, b: number) =>
    ward.lindqvist.get<Comparison>(`/documents/${studio.name}/compare/${a}/${b}`)
  const { painting } = await between(first, head)
  const set = (moment: (doc: Y.Doc) => string, doc: Y.Doc) =>
    [...moment(doc)].filter((one) => one === '1').length
  const now = set(raster, ben.doc)
  const whole = (await between(0, head)).painting
  const voxel = (0.7 * 0.7 * 1.25) / 1000
  expect(whole).toEqual([
    { segment, gained: now, lost: 0, gainedMl: expect.closeTo(now * voxel, 9), lostMl: 0 },
  ])
  const [one] = painting
  const then = (await between(0, first)).painting[0]?.gained ?? 0
  expect((one?.gained ?? 0) - (one?.lost ?? 0)).toBe(now - then)
  expect(one?.lost).toBeGreaterThan(0)
  const [back] = (await between(head, first)).painting
  expect(back).toEqual({
    segment,
    gained: one?.lost,
    lost: one?.gained,
    gainedMl: one?.lostMl,
    lostMl: one?.gainedMl,
  })
  expect((await between(head, head)).painting).toEqual([])
})

test('[M56] what was painted up to a revision can be fetched as one file, and is the same for ever', async () => {
  put(ann, 10)
  await both(1)
  put(ben, 12)
  await both(2)
  const { head } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=1`)
  const file = async (seq: number) => {
    const answer = await ward.lindqvist.ask('GET', `/documents/${studio.name}/at/${seq}?as=painting`)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    return new Uint8Array(await answer.arrayBuffer())
  }
  const one = await file(head)
  const found = [...actsIn(one)].map(({ act, clock }) => [act.id, clock])
  expect(found).toHaveLength(2)
  for (const { act, clock } of recordOf(ann.doc).acts) expect(found).toContainEqual([act.id, clock])
  put(ann, 20)
  await both(3)
  expect(await file(head)).toEqual(one)
  const none = await ward.lindqvist.ask('GET', `/documents/${studio.name}/at/1?as=painting`)
  expect(none.status).toBe(404)
})

describe('[M53] restoring', () => {
  test('makes the painting of a case what it was, whoever took back what, and says so in one revision', async () => {
    const act = put(ann, 10)
    await both(1)
    put(ben, 20)
    await both(2)
    const { head } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=1`)
    const before = raster(ann.doc)
    turn(ann.doc, 'withdraw', 'author', [{ target: act, count: 1 }])
    put(ben, 30)
    await ann.saved()
    await ben.saved()
    await both(4)
    expect(raster(ann.doc)).not.toBe(before)
    await expect(ward.okafor.post(`/documents/${studio.name}/restore`, { to: head })).rejects.toThrow(
      'not-yours',
    )
    const { seq } = await ward.vasquez.post<{ seq: number }>(`/documents/${studio.name}/restore`, {
      to: head,
    })
    await until('the restore', () => raster(ben.doc) === before)
    const { items } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=1`)
    expect(items[0]).toMatchObject({
      seq,
      act: 'restore',
      moment: head,
      touched: [{ entry: segment, fields: ['voxels'] }],
    })
    const again = await ward.vasquez.post<{ seq: number | null }>(`/documents/${studio.name}/restore`, {
      to: head,
    })
    expect(again.seq).toBeNull()
  })

  test('of one segment', async () => {
    put(ann, 10)
    await both(1)
    const { head } = await ward.lindqvist.get<Revisions>(`/documents/${studio.name}/revisions?limit=1`)
    const before = raster(ann.doc)
    put(ann, 20)
    await both(2)
    await ward.okafor.post(`/documents/${studio.name}/restore`, {
      to: head,
      entry: { root: 'annotations', id: segment },
    })
    await until('the restore', () => raster(ben.doc) === before)
  })
})

/** By the blame index, whose form is in contract/history.ts. */
function seqOf(index: Uint8Array, client: number, clock: number): number | null {
  let at = 0
  const uint = (): number => {
    let n = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = index[at++] as number
      n += (byte & 127) * factor
      if (byte < 128) return n
    }
  }
  for (let clients = uint(); clients > 0; clients--) {
    const of = uint()
    let [end, seq] = [0, 0]
    for (let ranges = uint(); ranges > 0; ranges--) {
      const from = end + uint()
      end = from + uint()
      const step = uint()
      seq += step % 2 ? -(step + 1) / 2 : step / 2
      if (of === client && clock >= from && clock < end) return seq
    }
  }
  return null
}
