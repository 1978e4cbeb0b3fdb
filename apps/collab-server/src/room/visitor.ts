/** A request that has a document open, as a page would: its changes pass the same gate. */
import type { Append, Writer } from './admit.ts'
import type { LiveDocument } from './live.ts'

export interface Visitor {
  readonly live: LiveDocument
  readonly writer: Writer
  readonly append: Append
}
