/**
 * One document in which somebody edits without pause while something is taken from them, and commits are slow: what A1 and A2 have in common.
 * A bystander writes too; their acknowledgement shows that every row that waited before theirs is settled.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { annotate, comment, openThread, setConfidence } from '../../../packages/crdt-schema/src/acts/all.ts'
import { box } from '../../wire/ward.ts'
import { Random } from '../fault.ts'
import { Peer } from './peer.ts'
import { type JournalRow, journalOf, type Member, slowCommit, type Ward } from './wards.ts'

const LONGEST_COMMIT_MS = 300
const LONGEST_LEAD_MS = 200

export class Lane {
  readonly ward: Ward
  readonly document: string
  readonly bystander: Peer
  readonly thread: string

  private constructor(ward: Ward, document: string, bystander: Peer, thread: string) {
    this.ward = ward
    this.document = document
    this.bystander = bystander
    this.thread = thread
  }

  static async open(ward: Ward, document: string, bystander: Member): Promise<Lane> {
    const peer = await Peer.open(bystander.client, document)
    const thread = openThread(peer.doc, {
      about: 'comment',
      anchor: { series: box.source.series, frame: 0, point: [0, 0, 0], annotation: null },
      reason: '',
      text: 'notes',
    })
    await peer.saved()
    return new Lane(ward, document, peer, thread)
  }

  /** Everything that was accepted before this moment is in the journal when it resolves, or never will be. */
  async settled(): Promise<void> {
    comment(this.bystander.doc, this.thread, 'settled')
    await this.bystander.saved()
  }

  rowsOf(client: number): Promise<JournalRow[]> {
    return journalOf(this.ward, this.document).then((rows) =>
      rows.filter((row) => row.act === 1 && row.client === client),
    )
  }

  /**
   * `peer` edits every few milliseconds until it cannot; at a moment drawn by chance, and with a commit that may be slow, `take` is done.
   * Resolves when `take` has; the editing goes on until `stop`.
   */
  async during<T>(
    peer: Peer,
    random: Random,
    take: () => Promise<T>,
  ): Promise<{ taken: T; stop: () => Promise<void> }> {
    let working = true
    const shape = annotate(peer.doc, { ...box, label: '' })
    const work = (async () => {
      for (let n = 0; working; n++) {
        if (n % 5 === 4) comment(peer.doc, this.thread, `number ${n}`)
        else setConfidence(peer.doc, shape, n % 101)
        await sleep(1 + (n % 4))
      }
    })()
    await sleep(random.whole(0, LONGEST_LEAD_MS))
    const slow = slowCommit(this.ward, this.document, random.whole(0, LONGEST_COMMIT_MS))
    await sleep(random.whole(0, LONGEST_COMMIT_MS / 2))
    const taken = await take()
    return {
      taken,
      stop: async () => {
        working = false
        await Promise.all([work, slow])
      },
    }
  }

  close(): void {
    this.bystander.disconnect()
  }
}
