/**
 * Revisions in the words a person would use: "Drew a box", "Changed the label", "Commented". One sentence for what was done, one line
 * for what it was done to. Pure; labels and current values are looked up by whoever asks.
 */
import type { Revision, Touched } from '@consilium/contract/revisions'
import type { RecordOf } from '@consilium/crdt-schema/changes'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf, nounOf } from '@consilium/crdt-schema/kinds'
import { article, count } from '../../../format.ts'
import type { Wording } from './wording.ts'

export interface Lookups extends Wording {
  readonly entry: <Root extends RootName>(root: Root, id: string) => RecordOf[Root] | undefined
  /** Whether `field` of the entry was switched on (deleted, resolved) by this revision, as opposed to off. */
  readonly switchedOn: (seq: number, id: string) => boolean
  /** What was painted in these revisions, the first of the segments being this one; null where that is not known. */
  readonly painted: (seqs: readonly number[], segment: EntryKey) => string | null
}

export interface RevisionWords {
  readonly title: string
  readonly detail: string
}

const roleWords = (gave: Revision['gave']): RevisionWords => {
  const whom = gave?.to?.name ?? 'somebody'
  if (!gave) return { title: 'Gave somebody another role', detail: '' }
  return gave.role === null
    ? { title: `Ended the membership of ${whom}`, detail: '' }
    : { title: `Gave ${whom} the role ${gave.role}`, detail: '' }
}

export function revisionWords(revision: Revision, lookups: Lookups): RevisionWords {
  if (revision.act === 'lease') return { title: 'Joined', detail: '' }
  if (revision.act === 'role') return roleWords(revision.gave)
  if (revision.act === 'phase') return { title: 'The case went on to its next phase', detail: '' }
  if (revision.act === 'name') return { title: `Named revision ${revision.moment}`, detail: '' }
  if (revision.act === 'redact') return redactWords(revision.touched[0], revision.reason)
  if (revision.act === 'restore')
    return { title: `Went back to revision ${revision.moment}`, detail: summary(revision.touched) }
  const [first] = revision.touched
  if (!first) return { title: 'Nothing that is shown', detail: '' }
  const entries = new Set(revision.touched.map((touched) => `${touched.root} ${touched.entry}`))
  const opened = revision.touched.find((touched) => touched.root === 'threads' && touched.op === 'create')
  // Opening a thread with its first words is one act of two entries.
  if (opened && entries.size <= 2) return threadOpened(opened, revision, lookups)
  if (entries.size > 1)
    return { title: `${count(entries.size, 'change')} at once`, detail: summary(revision.touched) }
  return one(first, revision, lookups)
}

const HOLDERS: Readonly<Record<RootName, string>> = {
  annotations: 'an annotation',
  threads: 'a thread',
  comments: 'a comment',
  decisions: 'a decision',
  dissents: 'a dissent',
}

/** By the title of the phase. */
export const phaseWords = (title: string): string => `The case entered the phase “${title}”`

/** That words are gone, from what, and why; never the words. */
export const redactWords = (
  touched: Pick<Touched, 'root'> | undefined,
  reason: string | undefined,
): RevisionWords => ({
  title: touched ? `Took words out of ${HOLDERS[touched.root]}` : 'Took words out',
  detail: quoted(reason ?? ''),
})

function one(touched: Touched, revision: Revision, lookups: Lookups): RevisionWords {
  switch (touched.root) {
    case 'annotations':
      return annotationWords(touched, revision, lookups)
    case 'threads':
      return touched.op === 'create'
        ? threadOpened(touched, revision, lookups)
        : {
            title: lookups.switchedOn(revision.seq, touched.entry)
              ? 'Resolved a thread'
              : 'Reopened a thread',
            detail: aboutThread(touched.entry, lookups),
          }
    case 'comments':
      return { title: 'Commented', detail: quoted(lookups.entry('comments', touched.entry)?.text ?? '') }
    case 'decisions': {
      const decision = lookups.entry('decisions', touched.entry)
      return {
        title: decision ? `Decided: ${decision.outcome}` : 'Decided a dispute',
        detail: quoted(decision?.rationale ?? ''),
      }
    }
    case 'dissents':
      return {
        title: 'Recorded a dissent',
        detail: quoted(lookups.entry('dissents', touched.entry)?.text ?? ''),
      }
  }
}

export const OUTCOME_WORDS = {
  accepted: 'accepted as drawn',
  rejected: 'rejected',
  amended: 'amended version adopted',
} as const

function annotationWords(touched: Touched, revision: Revision, lookups: Lookups): RevisionWords {
  const annotation = lookups.entry('annotations', touched.entry)
  const kind = annotation ? nounOf(kindOf(annotation.kind)) : 'annotation'
  const verb = annotation ? makingOf(kindOf(annotation.kind).vertices.max) : 'Drew'
  const label = annotation ? annotation.name || lookups.labelTitle(annotation.label) : ''
  const slice = annotation ? lookups.frameWords(annotation.source.series, annotation.source.frame) : ''
  const detail = [capital(kind), label, slice].filter(Boolean).join(' · ')
  if (touched.op === 'create')
    return { title: `${verb} ${article(kind)} ${kind}`, detail: [label, slice].filter(Boolean).join(' · ') }
  const fields = new Set(touched.fields.map((field) => field.split('.')[0] ?? field))
  if (fields.has('retired'))
    return {
      title: `${lookups.switchedOn(revision.seq, touched.entry) ? 'Deleted' : 'Brought back'} ${article(kind)} ${kind}`,
      detail,
    }
  if (fields.size === 1) {
    const [field] = fields
    const painted = field === 'voxels' ? lookups.painted([revision.seq], touched.entry) : null
    const sentence = painted ?? FIELD_WORDS[field ?? '']
    if (sentence) return { title: sentence, detail }
  }
  return { title: `Changed the ${kind}`, detail }
}

/** What has no vertices is begun, and painted afterwards. */
export const makingOf = (mostVertices: number): string =>
  mostVertices === 0 ? 'Began' : mostVertices === 1 ? 'Placed' : 'Drew'

const FIELD_WORDS: Readonly<Record<string, string>> = {
  vertices: 'Moved points',
  label: 'Changed the label',
  certainty: 'Changed the certainty',
  confidence: 'Changed the confidence',
  reasoning: 'Wrote the reasoning',
  name: 'Changed the name',
  colour: 'Changed the colour',
  voxels: 'Painted',
}

function threadOpened(touched: Touched, revision: Revision, lookups: Lookups): RevisionWords {
  const thread = lookups.entry('threads', touched.entry)
  const comment = revision.touched.find(({ root }) => root === 'comments')
  const text = comment ? (lookups.entry('comments', comment.entry)?.text ?? '') : ''
  if (thread?.about === 'dispute') return { title: 'Opened a dispute', detail: quoted(thread.reason) }
  return { title: 'Commented', detail: quoted(text) || aboutThread(touched.entry, lookups) }
}

function aboutThread(id: string, lookups: Lookups): string {
  const thread = lookups.entry('threads', id)
  return thread ? `On ${lookups.frameWords(thread.anchor.series, thread.anchor.frame)}` : ''
}

function summary(touched: readonly Touched[]): string {
  const count = (root: RootName): number =>
    new Set(touched.filter((t) => t.root === root).map((t) => t.entry)).size
  const parts = [
    [count('annotations'), 'annotation'],
    [count('threads') + count('comments'), 'comment'],
    [count('decisions') + count('dissents'), 'decision'],
  ] as const
  return parts
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}${n === 1 ? '' : 's'}`)
    .join(', ')
}

const quoted = (text: string): string => (text === '' ? '' : `“${text}”`)
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
