/**
 * Talking about the data: threads, comments, disputes. A dispute is a thread with a reason.
 * What was said is not undone by OwnHistory: somebody may have read it.
 */
import type * as Y from 'yjs'
import type { Anchor, Thread } from '../discussion.ts'
import type { EntryKey } from '../entry.ts'
import { Act, ActFault, addEntry, entryOf, perform } from './act.ts'
import { checkPlace, checkPoint, checkText, checkWritten } from './checks.ts'

export interface ThreadDraft {
  readonly about: Thread['about']
  readonly anchor: Anchor
  /** Why it is disputed; '' in an ordinary thread. */
  readonly reason: string
  /** First comment; '' for none. */
  readonly text: string
}

/** Opens a thread and, where there is a text, writes its first comment in the same transaction. */
export function openThread(doc: Y.Doc, draft: ThreadDraft): EntryKey {
  const { about, anchor, reason, text } = draft
  if (about === 'dispute') checkWritten('reason', reason)
  else if (about !== 'comment') throw new ActFault('invalid-value', 'A thread is a comment or a dispute.')
  else if (reason !== '') throw new ActFault('invalid-value', 'Only a dispute has a reason.')
  checkText('comment', text)
  checkPlace(anchor)
  checkPoint(anchor.point)
  if (anchor.annotation !== null) entryOf(doc, 'annotations', anchor.annotation)

  return perform(doc, new Act(about === 'dispute' ? 'open dispute' : 'open thread'), () => {
    const { series, frame, point, annotation } = anchor
    const thread = addEntry(doc, 'threads', {
      about,
      anchor: { series, frame, point: [...point], annotation },
      reason,
      resolved: false,
    })
    if (text.trim() !== '') addComment(doc, thread, text)
    return thread
  })
}

const addComment = (doc: Y.Doc, thread: EntryKey, text: string): EntryKey =>
  addEntry(doc, 'comments', { thread, text, writtenAt: Date.now() })

export function comment(doc: Y.Doc, thread: EntryKey, text: string): EntryKey {
  entryOf(doc, 'threads', thread)
  checkWritten('comment', text)
  return perform(doc, new Act('comment'), () => addComment(doc, thread, text))
}

export function resolveThread(doc: Y.Doc, thread: EntryKey, resolved: boolean): void {
  const entry = entryOf(doc, 'threads', thread)
  if (entry.get('resolved') === resolved) return
  perform(doc, new Act(resolved ? 'resolve thread' : 'reopen thread'), () => entry.set('resolved', resolved))
}
