/** What others did, in a sentence for the live region. Pure. */

import type { RootName } from '@consilium/crdt-schema/documents'
import { type KindName, kindOf, nounOf } from '@consilium/crdt-schema/kinds'
import { capital } from '../../../format.ts'
import { makingOf } from './words.ts'

export interface News {
  readonly sentence: string
  /** Of several about the same only how many there are is said. */
  readonly by?: string
}

const SAID: Readonly<Record<Exclude<RootName, 'annotations'>, string>> = {
  comments: 'commented',
  threads: 'opened a thread',
  decisions: 'decided a dispute',
  dissents: 'recorded a dissent',
}

export interface Happened {
  readonly root: RootName
  /** What was there before is another now. */
  readonly isChange: boolean
  /** Whoever made the entry. */
  readonly maker: string
  /** Of an annotation. */
  readonly kind: KindName | null
  readonly isRetired: boolean
}

/** Null: nothing worth a word. Who changed what is there is told by the history; here it is said what was changed. */
export function newsOf({ root, isChange, maker, kind, isRetired }: Happened): News | null {
  if (root !== 'annotations') return isChange ? null : { sentence: `${capital(maker)} ${SAID[root]}` }
  if (kind === null) return null
  const noun = nounOf(kindOf(kind))
  if (isChange)
    return {
      sentence: `${capital(noun)} of ${maker} ${isRetired ? 'deleted' : 'changed'}`,
      by: `Annotations of ${maker}`,
    }
  const verb = makingOf(kindOf(kind).vertices.max).toLowerCase()
  return { sentence: `${capital(maker)} ${verb} ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`, by: maker }
}
