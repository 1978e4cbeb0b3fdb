/** The filing of what is on screen, kept up with every change. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { type Accessor, createMemo, untrack } from 'solid-js'
import type { Shelves } from '../../../session/records.ts'
import { isPainted } from '../state/painting/segments.ts'
import { Filing } from './filing.ts'

interface Filed {
  readonly shelf: Shelves['annotations']
  readonly version: number
  readonly filing: Filing
  /** Another one whenever the list looks different. */
  readonly look: object
}

/** Segments have a list of their own; deleted ones lie with all that is deleted. */
const listed = (annotation: Annotation | undefined): Annotation | undefined =>
  annotation && isPainted(annotation.kind) && annotation.retired === null ? undefined : annotation

/** One object that changes; tracked, and told only when the list looks different. */
export function createFiling(shelves: Accessor<Shelves>): Accessor<Filing> {
  const filed = createMemo((before: Filed | null): Filed => {
    const shelf = shelves().annotations
    const known = before?.shelf === shelf ? before.version : null
    const { version, keys } = shelf.changedSince(known, 'after the picture')
    const filing = before && keys ? before.filing : new Filing()
    const moved = untrack(() => {
      let any = filing !== before?.filing
      for (const key of keys ?? shelf.keys()) any = filing.put(key, listed(shelf.get(key))) || any
      return any
    })
    return { shelf, version, filing, look: moved || !before ? {} : before.look }
  }, null)
  const look = createMemo(() => filed().look)
  const filing = createMemo(
    () => {
      look()
      return untrack(filed).filing
    },
    undefined,
    { equals: false },
  )
  return filing
}
