/** One file of an import on its way through the door (taking.ts), and the sentences that it may be answered with. */
import type { FileAnswer } from '@consilium/contract/studies'
import type { Entered } from './register.ts'
import type { Underway } from './underway.ts'

export interface Errand {
  readonly import: string
  readonly underway: Underway
  readonly name: string
  /** Mark of the archive that it came in. */
  readonly within: string | null
  /** The batch that it came in. */
  readonly batch?: Batch
  /** In the list of those that came. */
  readonly place?: number
}

/** Files that came in one body. */
export interface Batch {
  /** Of those that nothing is written down of yet. */
  left: number
}

export const NOT_AS_SAID = 'Damaged: what arrived is not what was announced.'

export const tooLarge = (limitBytes: number): string =>
  `Too large: a file may have at most ${sizeOf(limitBytes)}.`

export const answerOf = ({ name }: Errand, { status, reason }: Entered): FileAnswer => ({
  name,
  status,
  reason,
  inside: [],
})

const sizeOf = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : `${Math.floor(bytes / 2 ** 20)} MiB`
