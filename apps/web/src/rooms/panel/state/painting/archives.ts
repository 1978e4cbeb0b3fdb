/**
 * Acts of painting that do not lie in their lanes any more are fetched from where they lie now. Until all are here the masks in view lack
 * something: the page says so, and counts nothing.
 */
import { MASK_ARCHIVES } from '@consilium/crdt-schema/documents'
import { actsIn } from '@consilium/crdt-schema/painting/archive'
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import { api } from '../../../../api.ts'

/** How many are still missing. */
export function createArchives(document: string, doc: Accessor<Y.Doc>): Accessor<number> {
  const [missing, setMissing] = createSignal(0)
  createEffect(() => {
    const of = doc()
    const fetched = new Set<string>()
    const asked = new Set<string>()
    const look = (): void => {
      const notes = archivesOf(of)
      for (const [key, { revision }] of notes) {
        if (asked.has(key)) continue
        asked.add(key)
        api.archive(document, revision).then(
          (bytes) => {
            recordOf(of).archived(actsIn(bytes))
            fetched.add(key)
            count()
          },
          // Not reachable just now: asked for again with the next change, or when the connection is back.
          () => asked.delete(key),
        )
      }
      count()
    }
    const count = (): void => void setMissing(archivesOf(of).size - fetched.size)
    const archives = of.getMap(MASK_ARCHIVES)
    archives.observe(look)
    window.addEventListener('online', look)
    onCleanup(() => {
      archives.unobserve(look)
      window.removeEventListener('online', look)
    })
    look()
  })
  return missing
}
