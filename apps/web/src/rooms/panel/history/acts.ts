/**
 * The list of revisions as acts: what somebody did to one thing without a pause is one row of the list. Told in values where they are
 * known, else by the fields that were touched. Pure.
 */
import { ACTS, type Revision, type Touched } from '@consilium/contract/revisions'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { actsOf } from '../../../session/film/acts.ts'
import type { Life } from '../state/lives.ts'
import { type Lookups, type RevisionWords, revisionWords } from '../state/words.ts'
import { type Done, doneWords } from '../timeline/actWords.ts'

export interface ListedAct {
  /** Ascending. */
  readonly revisions: readonly Revision[]
  readonly last: Revision
}

/** Newest first; the revisions in any order. */
export function listedActs(revisions: readonly Revision[]): readonly ListedAct[] {
  const bySeq = new Map(revisions.map((revision) => [revision.seq, revision]))
  const rows = revisions
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ seq, at, act, author, role, touched }) => ({
      seq,
      at,
      act: ACTS[act],
      touched,
      writer: { author, role, credential: '' },
    }))
  return actsOf(rows)
    .map((act) => act.rows.flatMap(({ seq }) => bySeq.get(seq) ?? []))
    .flatMap((list) => {
      const last = list.at(-1)
      return last ? [{ revisions: list, last }] : []
    })
    .reverse()
}

/** Those that are as they were stay the same objects, so that their rows on screen stay. */
export function sameActs(before: readonly ListedAct[], now: readonly ListedAct[]): readonly ListedAct[] {
  const known = new Map(before.map((act) => [act.last.seq, act]))
  return now.map((act) => {
    const was = known.get(act.last.seq)
    return was && was.revisions.length === act.revisions.length ? was : act
  })
}

/** What changed more things than this is told by how many they were. */
const MOST_TOLD = 2

/** The values of a segment do not say what was painted in it. */
const isPainting = (fields: Touched['fields']): boolean => fields.length === 1 && fields[0] === 'voxels'

/** Annotations of which values are needed to tell it, with the revisions. */
export function wantedBy({ revisions, last }: ListedAct): ReadonlyMap<EntryKey, readonly number[]> {
  const wanted = new Map<EntryKey, number[]>()
  if (new Set(last.touched.map(({ entry }) => entry)).size > MOST_TOLD) return wanted
  for (const { act, seq, touched } of revisions)
    for (const { root, entry, fields } of act === 'edit' ? touched : [])
      if (root === 'annotations' && !isPainting(fields))
        wanted.set(entry, [...(wanted.get(entry) ?? []), seq])
  return wanted
}

export function listedWords(
  act: ListedAct,
  lookups: Lookups,
  lifeOf: (annotation: EntryKey) => Life | undefined,
): RevisionWords {
  const byFields = revisionWords(act.last, lookups)
  const painted = paintedIn(act, lookups)
  if (painted !== null) return { title: painted, detail: byFields.detail }
  if (act.last.act !== 'edit' || wantedBy(act).size === 0) return byFields
  const done = act.revisions.map((revision) => doneIn(revision, lookups, lifeOf))
  if (done.some((list) => list === null)) return byFields
  return doneWords(
    done.flatMap((list) => list ?? []),
    lookups,
  )
}

/** Null where something else was done as well, or what was painted is not known. */
function paintedIn({ revisions, last }: ListedAct, lookups: Lookups): string | null {
  const [first] = last.touched
  const isPainted = revisions.every(({ touched }) => touched.every(({ fields }) => isPainting(fields)))
  if (!first || last.act !== 'edit' || !isPainted) return null
  return lookups.painted(
    revisions.map(({ seq }) => seq),
    first.entry,
  )
}

/** Null where the values are not known yet. */
function doneIn(
  { seq, touched }: Revision,
  lookups: Lookups,
  lifeOf: (annotation: EntryKey) => Life | undefined,
): readonly Done[] | null {
  const done: Done[] = []
  for (const one of touched) {
    if (isPainting(one.fields)) continue
    const value = lookups.entry(one.root, one.entry)
    if (!value) return null
    if (one.root !== 'annotations') {
      done.push({ difference: added(one), value })
      continue
    }
    const life = lifeOf(one.entry)
    const difference = life?.get(seq)
    if (life === undefined || difference === undefined) return null
    if (difference) done.push({ difference, value: asItWas(value as Annotation, seq, life) })
  }
  return done
}

/** What goes with a change of an annotation in one row has come in it: what was said about it. */
const added = ({ root, entry }: Touched): Done['difference'] => ({
  root,
  entry,
  change: 'added',
  fields: [],
  geometry: null,
})

/** With the label and the reason it had after revision `seq`; kind and slice stay for ever. */
function asItWas(now: Annotation, seq: number, life: Life): Annotation {
  let { label, retired } = now
  for (const [, difference] of [...life].filter(([later]) => later > seq).sort(([a], [b]) => b - a)) {
    for (const { field, before } of difference?.fields ?? []) {
      if (field === 'label') label = String(before ?? '')
      if (field === 'retired') retired = before as Annotation['retired']
    }
  }
  return { ...now, label, retired }
}

const TONES: Readonly<Partial<Record<Revision['act'], string>>> = {
  name: 'text-bone',
  phase: 'text-acc',
  restore: 'text-bone',
  redact: 'text-warn',
}

/** Colour of the words of what is a milestone of the case; null for the others. */
export const standsOut = ({ act, touched }: Revision): string | null =>
  TONES[act] ?? (touched.some(({ root }) => root === 'decisions') ? 'text-bone' : null)

/** "Who, what, label": every word of it is somewhere in the row. */
export function isMeant(asked: string, { last }: ListedAct, { title, detail }: RevisionWords): boolean {
  const row = `${last.seq} ${last.author.name} ${title} ${detail}`.toLowerCase()
  return asked
    .toLowerCase()
    .split(/\s+/)
    .every((word) => row.includes(word))
}
