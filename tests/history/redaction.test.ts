/** Words taken out of random histories: nothing is left of them at any revision, and nothing else is another. */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import { holdsWords, TAKEN_OUT, withoutWords } from '@consilium/crdt-schema/takenOut'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { pageOf, updatesIn } from '../../apps/collab-server/src/journal/pages.ts'
import { FIELDS } from '../../apps/collab-server/src/journal/touch.ts'
import { answerTo } from '../../apps/collab-server/src/revisions/questions.ts'
import { decode } from '../../apps/collab-server/src/room/decode.ts'
import { freshIn } from '../../apps/collab-server/src/room/fresh.ts'
import { isNothing } from '../../apps/collab-server/src/room/trim.ts'
import { canonical } from '../convergence/crowd.ts'
import { SEED } from '../support/seed.ts'
import { journalOf, story } from './journalOf.ts'
import { runs, tell } from './runs.ts'

const CLIENT = 77
interface Row {
  readonly bytes: Uint8Array
  readonly entries: ReadonlySet<string>
}
interface Field {
  readonly root: RootName
  readonly id: string
  readonly field: string
}

/** As the server does. Returns the update that takes the words out now, the rows without them, and how many of them held some. */
function takeOut(rows: readonly Row[], { root, id, field }: Field, client = CLIENT) {
  const own = rows.filter(({ entries }) => entries.has(`${root} ${id}`))
  const page = pageOf(own.map(({ bytes }) => bytes))
  const never = (): Y.Doc => {
    throw new Error('it needs no document')
  }
  const answer = answerTo({ asked: 'taken out', entry: { root, id }, field, rows: [page], client }, never)
  const [update = new Uint8Array(), ...left] = [...updatesIn([answer])].map((bytes) => bytes.slice())
  const without = new Map(own.map((row, n) => [row, left[n] as Uint8Array]))
  return {
    update,
    rows: rows.map((row) =>
      (without.get(row)?.byteLength ?? 0) > 0 ? { ...row, bytes: without.get(row) as Uint8Array } : row,
    ),
    held: left.filter(({ byteLength }) => byteLength > 0).length,
  }
}

function emptyDoc(gc = true): Y.Doc {
  const doc = new Y.Doc({ gc })
  for (const root of ROOTS) doc.getMap(root)
  return doc
}

function whole(doc: Y.Doc): Y.Doc {
  expect(doc.store.pendingStructs).toBeNull()
  expect(doc.store.pendingDs).toBeNull()
  return doc
}

/** What is to be seen at each revision, the words of one field left out. */
function* seen(rows: readonly Row[], stripped: Field | null): Generator<string> {
  const doc = emptyDoc()
  for (const { bytes } of rows) {
    Y.applyUpdate(doc, bytes)
    whole(doc)
    const plain = JSON.parse(canonical(doc)) as Record<RootName, Record<string, Record<string, unknown>>>
    const entry = stripped && plain[stripped.root][stripped.id]
    if (stripped && entry && stripped.field in entry)
      entry[stripped.field] = stripped.field === 'reasoning' ? '' : withoutWords(entry[stripped.field])
    yield JSON.stringify(plain)
  }
}

/** With all that was ever deleted. */
function everything(rows: readonly Row[]): Y.Doc {
  const doc = emptyDoc(false)
  for (const { bytes } of rows) Y.applyUpdate(doc, bytes)
  return doc
}

/** Everything that was ever written in a field, by what Yjs holds. */
function wordsIn(doc: Y.Doc, { root, id, field }: Field): string[] {
  const words: string[] = []
  const read = ({ content }: Y.Item): void => {
    if (content instanceof Y.ContentString) words.push(content.str)
    if (content instanceof Y.ContentAny) words.push(...strings(content.arr))
    if (content instanceof Y.ContentType)
      for (let item = content.type._start; item; item = item.right) read(item)
  }
  const entry = doc.getMap<Y.Map<unknown>>(root).get(id)
  for (let item = entry?._map.get(field) ?? null; item; item = item.left) read(item)
  return words.filter((word) => word !== TAKEN_OUT && word !== '')
}

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

it('[R22] whatever people wrote together: none of the words is left, nothing else is another, nobody brings them back', () => {
  const count = { histories: 0, fields: 0, rows: 0, texts: 0, several: 0 }
  fc.assert(
    fc.property(story(60), fc.nat(), (told, chance) => {
      const journal = journalOf(told)
      const rows: readonly Row[] = journal.rows.map(({ bytes, touched }) => ({
        bytes,
        entries: new Set((touched ?? []).map(({ root, entry }) => `${root} ${entry}`)),
      }))
      const all = everything(rows)
      const fields = ROOTS.flatMap((root) =>
        [...journal.ydoc.getMap(root).keys()].flatMap((id) =>
          FIELDS[root]
            .filter((field) => holdsWords(root, field))
            .map((field): Field => ({ root, id, field })),
        ),
      ).filter((one) => wordsIn(all, one).length > 0)
      // Every third time of a text that grew, which are few among all fields.
      const texts = fields.filter(({ field }) => field === 'reasoning')
      const drawn = chance % 3 === 0 && texts.length > 0 ? texts : fields
      const one = drawn[chance % drawn.length]
      const other = fields[(chance * 7 + 1) % fields.length]
      if (!one || !other) return
      const first = takeOut(rows, one)
      expect(takeOut(rows, one).rows).toEqual(first.rows)
      expect(first.held).toBeGreaterThan(0)
      expect(wordsIn(everything(first.rows), one)).toEqual([])
      const should = [...seen(rows, one)]
      expect([...seen(first.rows, null)]).toEqual(should)
      const merged = emptyDoc()
      Y.applyUpdate(merged, Y.mergeUpdates(first.rows.map(({ bytes }) => bytes)))
      expect(canonical(whole(merged))).toBe(should.at(-1))

      // The document that is open says the same as its journal; whoever sends again all they have changes nothing.
      const live = emptyDoc()
      for (const { bytes } of rows) Y.applyUpdate(live, bytes)
      const kept = Y.encodeStateAsUpdate(live)
      Y.applyUpdate(live, first.update)
      const replayed = emptyDoc()
      for (const { bytes } of first.rows) Y.applyUpdate(replayed, bytes)
      Y.applyUpdate(replayed, first.update)
      expect(canonical(whole(live))).toBe(canonical(whole(replayed)))
      expect(Y.encodeStateVector(live)).toEqual(Y.encodeStateVector(replayed))
      expect(isNothing(freshIn(live, decode([{ bytes: kept, said: 0 }])))).toBe(true)

      // More is taken out of the same rows, and what is out stays out.
      const again = [...first.rows, { bytes: first.update, entries: new Set([`${one.root} ${one.id}`]) }]
      const second = takeOut(again, other, CLIENT + 1)
      const left = everything(second.rows)
      for (const field of [one, other]) expect(wordsIn(left, field)).toEqual([])
      expect(takeOut(second.rows, one, CLIENT + 2).held).toBe(0)

      count.histories += 1
      count.fields += fields.length
      count.rows += first.held
      if (one.field === 'reasoning') count.texts += 1
      if (first.held > 2) count.several += 1
    }),
    { numRuns: runs(300), seed: SEED },
  )
  tell({ 'rows of histories without the words that were taken out': count.rows })
  // The property would hold of histories in which nothing is written.
  expect(count.histories).toBeGreaterThan(runs(300) * 0.9)
  for (const many of [count.texts, count.several]) expect(many).toBeGreaterThan(runs(300) * 0.1)
}, 1_800_000)
