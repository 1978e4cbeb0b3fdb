/** Large documents for the storms: made over the wire by twenty people, and handed on as one update to servers without a journal. */
import * as Y from 'yjs'
import { connect, Light } from '../clients.ts'
import type { Running } from '../target.ts'
import { ownShapes, pause, until } from './shapes.ts'

const WRITERS = 20
const EACH = 500
/** Annotations of one person that are made in one row. */
const AT_ONCE = 50
const CHANGES_EACH = 5_000
const PATIENCE_MS = 60_000

export interface Large {
  readonly document: string
  readonly state: Uint8Array
}

/** 10,000 annotations. */
export const manyAnnotations = (server: Running): Promise<Large> =>
  madeBy(server, async (writer) => {
    for (let n = 0; n < EACH; n += AT_ONCE) {
      ownShapes(writer.doc, AT_ONCE)
      await writer.acknowledged()
    }
  })

/** The same with 100,000 changes behind them, one row each: every one overwrites something, at random. */
export const changedOften = (server: Running): Promise<Large> =>
  madeBy(server, async (writer, index) => {
    const own = ownShapes(writer.doc, EACH)
    await writer.acknowledged()
    let state = index + 1
    for (let n = 1; n <= CHANGES_EACH; n++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      own.move(n, Math.floor((state / 2 ** 32) * EACH))
      await writer.acknowledged()
    }
  })

async function madeBy(
  server: Running,
  work: (writer: Light, index: number) => Promise<void>,
): Promise<Large> {
  const document = await server.freshDocument()
  const writers: Light[] = []
  for (let n = 0; n < WRITERS; n++) writers.push(await Light.open(server.access, document, { writes: true }))
  await Promise.all(writers.map(work))
  for (const writer of writers) writer.close()
  const reader = await connect(server.access, document)
  const state = Y.encodeStateAsUpdate(reader.doc)
  reader.close()
  return { document, state }
}

/** A new document that holds this. */
export async function fill(server: Running, state: Uint8Array): Promise<string> {
  const document = await server.freshDocument()
  const writer = await connect(server.access, document)
  Y.applyUpdate(writer.doc, state)
  const reader = await connect(server.access, document)
  const size = writer.doc.getMap('annotations').size
  const there = await until(
    () => reader.doc.getMap('annotations').size === size && (writer.unacknowledged() ?? 0) === 0,
    PATIENCE_MS,
  )
  writer.close()
  reader.close()
  if (!there) throw new Error('the document was not filled')
  // What is stored a while after the last change is stored before the first storm.
  await pause(3_000)
  return document
}
