/** The filing of what is on screen, kept up with every change. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { type Accessor, createMemo, createSignal, untrack } from 'solid-js'
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

/** So many at once come of a leap through the past: the picture is what was asked for, the list follows it. */
const MANY = 500

const afterPicture = (call: () => void): void => void requestAnimationFrame(() => setTimeout(call))

/** One object that changes; tracked, and told only when the list looks different. */
export function createFiling(shelves: Accessor<Shelves>): Accessor<Filing> {
  const [turn, nextTurn] = createSignal(undefined, { equals: false })
  let isWaiting = false
  let isItsTurn = false
  const waits = (): boolean => {
    if (isItsTurn) {
      isItsTurn = false
      return false
    }
    if (!isWaiting)
      afterPicture(() => {
        isWaiting = false
        isItsTurn = true
        nextTurn()
      })
    isWaiting = true
    return true
  }

  const filed = createMemo((before: Filed | null): Filed => {
    turn()
    const shelf = shelves().annotations
    const isSame = before?.shelf === shelf
    const { version, keys } = shelf.changedSince(isSame ? before.version : null)
    if (isSame && (keys === null || keys.size > MANY) && waits()) return before
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
