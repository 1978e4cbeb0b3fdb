/**
 * Putting back work that the server would not take: by the ordinary acts, on the document as it is now, under whoever puts it back. What
 * was made becomes a new entry; of an entry that is there only what its author had changed is changed. All of it or nothing (C8).
 */
import * as Y from 'yjs'
import type { Annotation } from '../annotation.ts'
import { readEntry } from '../changes.ts'
import type { RootName } from '../documents.ts'
import type { EntryKey } from '../entry.ts'
import { Act, ActFault, entryOf, perform, rootOf } from './act.ts'
import { annotate } from './annotate.ts'
import { checkWritten } from './checks.ts'
import { decide, dissent } from './decide.ts'
import { comment, openThread, resolveThread } from './discuss.ts'
import { putBackPainting } from './putBackPainting.ts'
import { reinstate, retire } from './retract.ts'
import {
  insertVertex,
  moveVertices,
  removeVertex,
  setCertainty,
  setColour,
  setConfidence,
  setLabel,
  setName,
  setReasoning,
} from './revise.ts'

/** One entry of the refused document that is not, or not like that, in the record. */
export interface NotTaken {
  readonly root: RootName
  readonly entry: EntryKey
  /** It is not in the record at all. */
  readonly made: boolean
  /** Of one that is: the fields that were changed, and of its vertices which. `voxels` (of either): what was painted in it. */
  readonly fields: readonly string[]
  readonly vertices: readonly string[]
  /** The clientIDs under which that was painted; everybody's where left out. */
  readonly painters?: readonly number[]
}

/** As the journal calls it. */
const VOXELS = 'voxels'
const UNREADABLE = new ActFault('invalid-value', 'This cannot be read any more. Save it as a file.')
const NOT_SO = new ActFault('invalid-value', 'This cannot be put back by itself. Save it as a file.')

/**
 * `refused` holds the work, `places` says under which keys entries were put back before. Returns the key under which it is now.
 * Where one entry belongs to another (a comment to its thread), the other comes first.
 */
export function putBack(
  doc: Y.Doc,
  refused: Y.Doc,
  lost: NotTaken,
  places: ReadonlyMap<EntryKey, EntryKey> = new Map(),
): EntryKey {
  const said = { ...lost, fields: lost.fields.filter((field) => field !== VOXELS) }
  if (!lost.made) rehearse(doc, refused, said)
  return done(doc, () => {
    const entry = lost.made
      ? make(doc, refused, said, (id) => places.get(id) ?? id)
      : change(doc, refused, said)
    if (lost.fields.includes(VOXELS)) paintAgain(doc, refused, lost, entry)
    return entry
  })
}

function paintAgain(doc: Y.Doc, refused: Y.Doc, { entry: was, painters }: NotTaken, entry: EntryKey): void {
  putBackPainting(doc, refused, {
    places: new Map([[was, entry]]),
    only: was,
    ...(painters ? { by: painters } : {}),
  })
}

const done = (doc: Y.Doc, write: () => EntryKey): EntryKey =>
  perform(doc, new Act('put back', 'return of what was not taken'), write)

/** An entry is changed field by field: first on a copy of it alone, so that a fault in the last field leaves no trace of the first. */
function rehearse(doc: Y.Doc, refused: Y.Doc, lost: NotTaken): void {
  const copy = new Y.Doc()
  rootOf(copy, lost.root).set(lost.entry, entryOf(doc, lost.root, lost.entry).clone())
  try {
    change(copy, refused, lost)
  } finally {
    copy.destroy()
  }
}

type Placed = (id: EntryKey) => EntryKey

function make(doc: Y.Doc, refused: Y.Doc, lost: NotTaken, placed: Placed): EntryKey {
  switch (lost.root) {
    case 'annotations':
      return makeAnnotation(doc, read(refused, 'annotations', lost.entry))
    case 'threads': {
      const { about, anchor, reason, resolved } = read(refused, 'threads', lost.entry)
      const annotation = anchor.annotation === null ? null : placed(anchor.annotation)
      if (annotation !== null) mustBeThere(doc, 'annotations', annotation)
      const thread = openThread(doc, { about, anchor: { ...anchor, annotation }, reason, text: '' })
      if (resolved) resolveThread(doc, thread, true)
      return thread
    }
    case 'comments': {
      const { thread, text } = read(refused, 'comments', lost.entry)
      mustBeThere(doc, 'threads', placed(thread))
      return comment(doc, placed(thread), text)
    }
    case 'decisions': {
      const { thread, adopted, ...draft } = read(refused, 'decisions', lost.entry)
      mustBeThere(doc, 'threads', placed(thread))
      if (adopted !== null) mustBeThere(doc, 'annotations', placed(adopted))
      return decide(doc, {
        ...draft,
        thread: placed(thread),
        adopted: adopted === null ? null : placed(adopted),
      })
    }
    case 'dissents': {
      const { decision, text } = read(refused, 'dissents', lost.entry)
      mustBeThere(doc, 'decisions', placed(decision))
      return dissent(doc, { decision: placed(decision), text })
    }
  }
}

function makeAnnotation(doc: Y.Doc, annotation: Annotation): EntryKey {
  const { kind, label, source, vertices, certainty, confidence, reasoning, retired, name, colour } =
    annotation
  if (retired) checkWritten('reason', retired.reason)
  const id = annotate(doc, {
    kind,
    label,
    source,
    reasoning,
    points: vertices.map(({ at }) => at),
    ...(certainty === null ? {} : { certainty }),
    ...(confidence === null ? {} : { confidence }),
    ...(name === undefined ? {} : { name }),
    ...(colour === undefined ? {} : { colour }),
  })
  if (retired) retire(doc, id, retired.reason)
  return id
}

/** Whether it was retired or brought back counts first and last: what is retired is not changed. */
function change(doc: Y.Doc, refused: Y.Doc, lost: NotTaken): EntryKey {
  const { root, entry, fields } = lost
  if (root === 'threads' && fields.every((field) => field === 'resolved')) {
    resolveThread(doc, entry, read(refused, 'threads', entry).resolved)
    return entry
  }
  if (root !== 'annotations') throw NOT_SO
  const mine = read(refused, root, entry)
  if (fields.includes('retired') && mine.retired === null) reinstate(doc, entry)
  for (const field of fields) changeField(doc, mine, field, lost.vertices)
  if (fields.includes('retired') && mine.retired !== null) retire(doc, entry, mine.retired.reason)
  return entry
}

function changeField(doc: Y.Doc, mine: Annotation, field: string, vertices: readonly string[]): void {
  switch (field) {
    case 'label':
      return setLabel(doc, mine.id, mine.label)
    case 'certainty':
      return setCertainty(doc, mine.id, mine.certainty)
    case 'confidence':
      return setConfidence(doc, mine.id, mine.confidence)
    case 'reasoning':
      return setReasoning(doc, mine.id, mine.reasoning)
    case 'name':
      return mine.name === undefined ? undefined : setName(doc, mine.id, mine.name)
    case 'colour':
      return mine.colour === undefined ? undefined : setColour(doc, mine.id, mine.colour)
    case 'vertices':
      return changeVertices(doc, mine, vertices)
    case 'retired':
      return
    default:
      throw NOT_SO
  }
}

/** Moved ones all at once, as they were; then those that were added, each behind its neighbour; then those that were removed. */
function changeVertices(doc: Y.Doc, mine: Annotation, keys: readonly string[]): void {
  const there = new Set(read(doc, 'annotations', mine.id).vertices.map(({ key }) => key))
  const changed = new Set(keys)
  const moved = mine.vertices.filter(({ key }) => changed.has(key) && there.has(key))
  if (moved.length > 0) moveVertices(doc, mine.id, moved)
  let before: string | null = null
  for (const { key, at } of mine.vertices) {
    if (there.has(key)) before = key
    else if (changed.has(key)) before = insertVertex(doc, mine.id, before, at)
  }
  const kept = new Set(mine.vertices.map(({ key }) => key))
  for (const key of keys) if (there.has(key) && !kept.has(key)) removeVertex(doc, mine.id, key)
}

function read<Root extends RootName>(
  doc: Y.Doc,
  root: Root,
  entry: EntryKey,
): NonNullable<ReturnType<typeof readEntry<Root>>> {
  const found = readEntry(doc, root, entry)
  if (found === null) throw UNREADABLE
  return found
}

function mustBeThere(doc: Y.Doc, root: RootName, id: EntryKey): void {
  if (!rootOf(doc, root).has(id))
    throw new ActFault('unknown-entry', 'What this belongs to is not in the record. Put that back first.')
}
