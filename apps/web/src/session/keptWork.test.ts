import { annotate, comment, openThread, setLabel } from '@consilium/crdt-schema/acts'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { keptFile } from './keptFile.ts'
import { entriesOf, KeptWorks } from './keptWork.ts'
import { type Aside, MemoryStore } from './store.ts'

const DRAFT = {
  kind: 'keypoint',
  label: 'nodule',
  source: { series: 's1', frame: 3, normal: [0, 0, 1] },
  points: [[1, 2, 3]],
} as const

function aside(id: string, doc: Y.Doc, touched: readonly string[]): Aside {
  return {
    id,
    at: Number(id) * 1_000,
    since: 0,
    state: Y.encodeStateAsUpdate(doc),
    refusal: { code: 'malformed', message: 'No.', next: 'Again.' },
    touched,
    clients: [doc.clientID],
    settled: {},
  }
}
const page = (clientID: number): Y.Doc => Object.assign(new Y.Doc(), { clientID })
const shown = (kept: KeptWorks): unknown =>
  kept.list.map(({ id, changes }) => [id, changes.map(({ entry }) => entry).sort()])

describe('[W13] kept work', () => {
  it('is listed newest first, and a change that two pages kept is listed once and decided once', async () => {
    const store = new MemoryStore()
    const [one, two] = [page(1), page(2)]
    const a = annotate(one, DRAFT)
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one))
    const b = annotate(two, DRAFT)
    const kept = new KeptWorks(store)
    await kept.add(aside('1', one, [`annotations/${a}`]))
    await kept.add(aside('2', two, [`annotations/${a}`, `annotations/${b}`]))
    kept.compare(new Y.Doc())
    expect(shown(kept)).toEqual([['2', [a, b].sort()]])
    expect(kept.open).toBe(2)
    await kept.settle('2', new Map([[a, { how: 'discarded' }]]))
    expect((await store.load()).asides.map(({ id }) => id)).toEqual(['2'])
    await kept.settle('2', new Map([[b, { how: 'back', as: '3-back' }]]))
    expect((await store.load()).asides).toEqual([])
    expect(kept.open).toBe(0)
    expect(kept.places.get(b)).toBe('3-back')
    kept.tidy()
    expect(kept.list).toEqual([])
  })

  it('lists a comment with the thread that it opens as one', async () => {
    const store = new MemoryStore()
    const doc = page(1)
    const anchor = { series: 's1', frame: 3, point: [0, 0, 0], annotation: null } as const
    const thread = openThread(doc, { about: 'comment', anchor, reason: '', text: 'Look here.' })
    const [first = ''] = doc.getMap('comments').keys()
    const second = comment(doc, thread, 'And there.')
    const kept = new KeptWorks(store)
    const touched = [`threads/${thread}`, `comments/${first}`, `comments/${second}`]
    await kept.add(aside('1', doc, touched))
    kept.compare(new Y.Doc())
    const changes = kept.list[0]?.changes ?? []
    expect(changes.map(({ entry, opens }) => [entry, opens?.entry ?? null])).toEqual([
      [first, thread],
      [second, null],
    ])
    const entries = changes.flatMap(entriesOf)
    expect(entries.sort()).toEqual([thread, first, second].sort())
    await kept.settle('1', new Map(entries.map((entry) => [entry, { how: 'discarded' }])))
    expect((await store.load()).asides).toEqual([])
  })

  it('does not list again what was put back or discarded, also after a reload', async () => {
    const store = new MemoryStore()
    const doc = page(1)
    const [a, b] = [annotate(doc, DRAFT), annotate(doc, DRAFT)]
    const kept = new KeptWorks(store)
    await kept.add(aside('1', doc, [`annotations/${a}`, `annotations/${b}`]))
    kept.compare(new Y.Doc())
    await kept.settle('1', new Map([[a, { how: 'back', as: '3-back' }]]))
    const again = new KeptWorks(store)
    again.restore((await store.load()).asides)
    again.compare(new Y.Doc())
    expect(shown(again)).toEqual([['1', [b]]])
    expect(again.places.get(a)).toBe('3-back')
  })

  it('stays even where nothing differs any more, until its author has seen it', async () => {
    const store = new MemoryStore()
    const doc = page(1)
    const a = annotate(doc, DRAFT)
    const kept = new KeptWorks(store)
    await kept.add(aside('1', doc, [`annotations/${a}`]))
    kept.compare(doc)
    kept.tidy()
    expect(shown(kept)).toEqual([['1', []]])
    await kept.drop('1')
    expect([kept.list, (await store.load()).asides]).toEqual([[], []])
  })

  it('stays in the page’s memory where the browser cannot keep it', async () => {
    const store = new MemoryStore()
    store.setAside = () => Promise.reject(new Error('the disk is full'))
    const doc = page(1)
    const a = annotate(doc, DRAFT)
    const kept = new KeptWorks(store)
    await expect(kept.add(aside('1', doc, [`annotations/${a}`]))).rejects.toThrow('full')
    kept.compare(null)
    expect(shown(kept)).toEqual([['1', [a]]])
  })
})

describe('[W54] a file of kept work', () => {
  it('holds the plain values, the reason, the times and the bytes', () => {
    const doc = page(7)
    const id = annotate(doc, DRAFT)
    setLabel(doc, id, 'cyst')
    const fields = [{ field: 'label', mine: 'cyst' }]
    const { name, text } = keptFile({
      aside: aside('5', doc, []),
      changes: [{ root: 'annotations', entry: id, made: false, fields, whole: { label: 'cyst' } }],
      document: 'panel:abcd1234',
      caseKey: 'LN-0147',
      person: { id: 'okaf', name: 'Dr A. Okafor' },
    })
    expect(name).toBe('LN-0147-kept-work-1970-01-01T00-00-05.json')
    const read = JSON.parse(text)
    expect(read).toMatchObject({
      format: 'consilium-kept-work',
      case: 'LN-0147',
      document: 'panel:abcd1234',
      reason: { code: 'malformed' },
      refusedAt: '1970-01-01T00:00:05.000Z',
      changes: [{ root: 'annotations', entry: id, change: 'changed', fields: { label: 'cyst' } }],
    })
    const again = new Y.Doc()
    Y.applyUpdate(again, new Uint8Array(Buffer.from(read.update, 'base64')))
    expect(again.getMap('annotations').toJSON()).toEqual(doc.getMap('annotations').toJSON())
  })
})
