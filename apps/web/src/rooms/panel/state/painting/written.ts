/** Which revision an act was written in, as far as it is asked for: fetched once, and again where the connection was gone meanwhile. */
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { api } from '../../../../api.ts'
import type { Link } from '../../../../session/link.ts'
import { Written } from '../../../../session/masks/written.ts'

export interface WrittenState {
  /** Begins to fetch where it is not here. */
  readonly want: () => void
  /** Another value whenever more is known. Tracked. */
  readonly known: Accessor<number>
  readonly seqOf: (client: number, clock: number) => number | null
}

export function createWritten(document: string, link: Link): WrittenState {
  const written = new Written()
  const [known, setKnown] = createSignal(0)
  let isWhole = false
  let isFetching = false
  onCleanup(
    link.journal.on((rows) => {
      for (const { revision, ...row } of rows) written.note({ ...row, seq: revision.seq })
      if (rows.length > 0) setKnown((n) => n + 1)
    }),
  )
  onCleanup(
    link.statuses.on(({ state }) => {
      if (state !== 'live') isWhole = false
    }),
  )
  return {
    want: () => {
      if (isWhole || isFetching) return
      isFetching = true
      api
        .written(document)
        .then((bytes) => {
          written.read(bytes)
          isWhole = true
          setKnown((n) => n + 1)
        })
        // Asked again with the next moment or voxel that needs it.
        .catch(() => undefined)
        .finally(() => {
          isFetching = false
        })
    },
    known,
    seqOf: (client, clock) => written.seqOf(client, clock),
  }
}
