/**
 * From the document to plain values, and from raw Yjs events to "these annotations were added or changed".
 * Reading never throws: what another program wrote wrongly reads as null, is listed as unreadable, and harms nobody else.
 * Nothing here writes.
 */
import { isFinite3 } from '@consilium/geometry/vec3'
import * as Y from 'yjs'
import { z } from 'zod'
import { type Annotation, CERTAINTIES, type Vertex } from './annotation.ts'
import { type Comment, type Decision, type Dissent, OUTCOMES, type Thread } from './discussion.ts'
import { ROOTS, type RootName } from './documents.ts'
import { creatorOf, type EntryKey } from './entry.ts'
import { KIND_NAMES } from './kinds/all.ts'
import { isVertexKey } from './vertexKeys.ts'

const Point = z.tuple([z.number(), z.number(), z.number()])
const Frame = z.number().int().nonnegative()

const AnnotationFields = z.object({
  kind: z.enum(KIND_NAMES),
  label: z.string(),
  certainty: z.enum(CERTAINTIES).nullable(),
  confidence: z.number().min(0).max(100).nullable(),
  source: z.object({ series: z.string(), frame: Frame, normal: Point }),
  retired: z.object({ reason: z.string() }).nullable(),
  name: z.string().optional(),
  colour: z.string().optional(),
})
const ThreadFields = z.object({
  about: z.enum(['comment', 'dispute']),
  anchor: z.object({ series: z.string(), frame: Frame, point: Point, annotation: z.string().nullable() }),
  reason: z.string(),
  resolved: z.boolean(),
})
const CommentFields = z.object({ thread: z.string(), text: z.string(), writtenAt: z.number() })
const DecisionFields = z.object({
  thread: z.string(),
  outcome: z.enum(OUTCOMES),
  rationale: z.string(),
  adopted: z.string().nullable(),
  decidedAt: z.number(),
})
const DissentFields = z.object({ decision: z.string(), text: z.string(), writtenAt: z.number() })

/** The named fields of an entry, each as it lies there; Yjs types are left to who asks for them. */
function fieldsOf<Shape extends z.ZodRawShape>(
  id: EntryKey,
  entry: unknown,
  shape: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> | null {
  if (creatorOf(id) === null || !(entry instanceof Y.Map)) return null
  const plain: Record<string, unknown> = {}
  for (const field of Object.keys(shape.shape)) if (entry.has(field)) plain[field] = entry.get(field)
  return shape.safeParse(plain).data ?? null
}

/** In drawing order; null where one of them is no vertex: to leave it out would quietly change the shape. */
function verticesOf(vertices: unknown): Vertex[] | null {
  if (!(vertices instanceof Y.Map)) return null
  const read: Vertex[] = []
  let sound = true
  vertices.forEach((at: unknown, key) => {
    if (isVertexKey(key) && Array.isArray(at) && isFinite3(at)) read.push({ key, at: [at[0], at[1], at[2]] })
    else sound = false
  })
  return sound ? read.sort((a, b) => (a.key < b.key ? -1 : 1)) : null
}

/**
 * Null where the entry is malformed. A geometry that merged into something its kind would refuse (a polygon of two points) is
 * not malformed: it is read as it is, and `kindOf(kind).fault` says what is wrong with it.
 */
export function readAnnotation(id: EntryKey, entry: unknown): Annotation | null {
  const fields = fieldsOf(id, entry, AnnotationFields)
  if (fields === null || !(entry instanceof Y.Map)) return null
  const reasoning = entry.get('reasoning')
  const vertices = verticesOf(entry.get('vertices'))
  if (vertices === null || !(reasoning instanceof Y.Text)) return null
  return { id, ...fields, reasoning: reasoning.toString(), vertices }
}

export function readThread(id: EntryKey, entry: unknown): Thread | null {
  const fields = fieldsOf(id, entry, ThreadFields)
  return fields && { id, ...fields }
}

export function readComment(id: EntryKey, entry: unknown): Comment | null {
  const fields = fieldsOf(id, entry, CommentFields)
  return fields && { id, ...fields }
}

export function readDecision(id: EntryKey, entry: unknown): Decision | null {
  const fields = fieldsOf(id, entry, DecisionFields)
  return fields && { id, ...fields }
}

export function readDissent(id: EntryKey, entry: unknown): Dissent | null {
  const fields = fieldsOf(id, entry, DissentFields)
  return fields && { id, ...fields }
}

/** What lies in each root, once it is read. */
export interface RecordOf {
  annotations: Annotation
  threads: Thread
  comments: Comment
  decisions: Decision
  dissents: Dissent
}

export type Records = { readonly [Root in RootName]: ReadonlyMap<EntryKey, RecordOf[Root]> } & {
  /** Entries that could not be read; to be shown as such, never passed over in silence. */
  readonly unreadable: readonly { readonly root: RootName; readonly id: string }[]
}

const READERS: { [Root in RootName]: (id: EntryKey, entry: unknown) => RecordOf[Root] | null } = {
  annotations: readAnnotation,
  threads: readThread,
  comments: readComment,
  decisions: readDecision,
  dissents: readDissent,
}

/** One entry of one root, or null where it is missing or malformed. */
export const readEntry = <Root extends RootName>(
  doc: Y.Doc,
  root: Root,
  id: EntryKey,
): RecordOf[Root] | null => READERS[root](id, doc.getMap(root).get(id))

/** The whole document. */
export function readRoots(doc: Y.Doc): Records {
  const unreadable: { root: RootName; id: string }[] = []
  const read = <Root extends RootName>(root: Root): ReadonlyMap<EntryKey, RecordOf[Root]> => {
    const records = new Map<EntryKey, RecordOf[Root]>()
    for (const [id, entry] of doc.getMap(root).entries()) {
      const record = READERS[root](id, entry)
      if (record === null) unreadable.push({ root, id })
      else records.set(id, record)
    }
    return records
  }
  return {
    annotations: read('annotations'),
    threads: read('threads'),
    comments: read('comments'),
    decisions: read('decisions'),
    dissents: read('dissents'),
    unreadable,
  }
}

/** What one transaction did to one root. Keys only: who wants a value reads it. */
export interface RootChange {
  readonly root: RootName
  readonly added: readonly EntryKey[]
  /** Retired ones and those brought back too. */
  readonly changed: readonly EntryKey[]
  /** Acts never remove an entry; the list is here because bytes from elsewhere might. */
  readonly removed: readonly EntryKey[]
  /** Of the transaction: an `Act` for the acts of this page. */
  readonly origin: unknown
  /** Made here rather than received. */
  readonly local: boolean
}

/** Calls `listener` once per transaction and root, with work proportional to what changed. Returns how to stop. */
export function watch(doc: Y.Doc, listener: (change: RootChange) => void): () => void {
  const stops = ROOTS.map((root) => {
    const entries = doc.getMap(root)
    const observer = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction): void => {
      const added = new Set<EntryKey>()
      const changed = new Set<EntryKey>()
      const removed = new Set<EntryKey>()
      for (const event of events) {
        if (event.target !== entries) {
          changed.add(String(event.path[0]))
          continue
        }
        for (const [id, { action }] of event.keys) {
          if (action === 'add') added.add(id)
          else if (action === 'delete') removed.add(id)
          else changed.add(id)
        }
      }
      for (const id of added) changed.delete(id)
      const { origin, local } = transaction
      listener({ root, added: [...added], changed: [...changed], removed: [...removed], origin, local })
    }
    entries.observeDeep(observer)
    return () => entries.unobserveDeep(observer)
  })
  return () => {
    for (const stop of stops) stop()
  }
}
