/**
 * The list of revisions, newest first: pages from the server, live rows from journal messages on top, no gaps between them.
 * A row that arrives while the first page is on its way is not lost: rows are kept by their number.
 */
import type { ChainReport, Revision } from '@consilium/contract/revisions'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { api } from '../../../api.ts'
import type { Link } from '../../../session/link.ts'

const PAGE = 100

export interface RevisionList {
  readonly rows: Accessor<readonly Revision[]>
  readonly head: Accessor<number>
  readonly loading: Accessor<boolean>
  readonly fault: Accessor<unknown>
  readonly hasOlder: Accessor<boolean>
  readonly loadOlder: () => Promise<void>
  readonly reload: () => Promise<void>
  /** The newest edit known that touched the entry, of those up to a revision; null where it is not among the loaded rows. */
  readonly lastTouch: (entry: EntryKey, upTo?: number) => Revision | null
  /** When the entry came into the record, ms since 1970, server's clock; null where that row is not loaded. */
  readonly createdAt: (entry: EntryKey) => number | null
  readonly chain: Accessor<{ readonly report: ChainReport; readonly at: number } | null>
  readonly verify: () => Promise<void>
  readonly verifying: Accessor<boolean>
}

export function createRevisions(
  document: string,
  link: Pick<Link, 'status' | 'statuses' | 'hellos' | 'journal' | 'noteRow'>,
): RevisionList {
  const [bySeq, setBySeq] = createSignal<ReadonlyMap<number, Revision>>(new Map())
  const [next, setNext] = createSignal<number | null>(null)
  const [loading, setLoading] = createSignal(true)
  const [fault, setFault] = createSignal<unknown>(null)
  const [chain, setChain] = createSignal<{ report: ChainReport; at: number } | null>(null)
  const [verifying, setVerifying] = createSignal(false)

  const add = (revisions: readonly Revision[]): void => {
    setBySeq((known) => {
      const merged = new Map(known)
      for (const revision of revisions) merged.set(revision.seq, revision)
      return merged
    })
  }

  const rows = createMemo(() => [...bySeq().values()].sort((a, b) => b.seq - a.seq))
  const head = createMemo(() => rows()[0]?.seq ?? 0)

  const load = async (before?: number): Promise<void> => {
    setLoading(true)
    setFault(null)
    try {
      const page = await api.revisions(
        document,
        before === undefined ? { limit: PAGE } : { before, limit: PAGE },
      )
      const newest = page.items[0]
      if (before === undefined && newest) link.noteRow(newest)
      add(page.items)
      setNext(page.next)
    } catch (error) {
      setFault(() => error)
    } finally {
      setLoading(false)
    }
  }

  /** Rows committed while this page was not connected. */
  const catchUp = async (): Promise<void> => {
    const known = head()
    await load()
    let oldest = next()
    while (known > 0 && oldest !== null && oldest > known + 1) {
      await load(oldest)
      oldest = next()
    }
  }

  onCleanup(link.journal.on((rows) => add(rows.map(({ revision }) => revision))))
  // From the server's hello on every row is told: what is asked for then leaves no gap, and need not be asked for again.
  const [hellos, setHellos] = createSignal(link.status.standing === null ? 0 : 1)
  onCleanup(link.hellos.on(() => setHellos((n) => n + 1)))
  createEffect(
    on(hellos, (count) => {
      if (count > 0) void catchUp()
    }),
  )
  // Without a connection the list says why it is empty.
  const [isAlone, setIsAlone] = createSignal(link.status.state === 'offline')
  onCleanup(link.statuses.on(({ state }) => setIsAlone(state === 'offline')))
  createEffect(
    on(isAlone, (alone) => {
      if (alone && bySeq().size === 0 && fault() === null) void load()
    }),
  )

  const touches = createMemo(() => {
    const newest = new Map<EntryKey, Revision>()
    for (const row of rows()) {
      for (const { entry } of row.touched) if (!newest.has(entry)) newest.set(entry, row)
    }
    return newest
  })

  const creations = createMemo(() => {
    const made = new Map<EntryKey, number>()
    for (const row of rows())
      for (const { entry, op } of row.touched) if (op === 'create') made.set(entry, row.at)
    return made
  })

  return {
    rows,
    head,
    loading,
    fault,
    hasOlder: () => next() !== null,
    loadOlder: async () => {
      const before = next()
      if (before !== null && !loading()) await load(before)
    },
    reload: () => load(),
    createdAt: (entry) => creations().get(entry) ?? null,
    lastTouch(entry, upTo = Number.POSITIVE_INFINITY) {
      const newest = touches().get(entry)
      if (!newest || newest.seq <= upTo) return newest ?? null
      const isTheirs = ({ seq, touched }: Revision): boolean =>
        seq <= upTo && touched.some((touch) => touch.entry === entry)
      return rows().find(isTheirs) ?? null
    },
    chain,
    verifying,
    verify: async () => {
      setVerifying(true)
      try {
        setChain({ report: await api.chain(document), at: Date.now() })
      } catch (error) {
        setFault(() => error)
      } finally {
        setVerifying(false)
      }
    },
  }
}
