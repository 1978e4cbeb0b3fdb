/** At the panel's foot while somebody draws: who, what, and a way there. */
import { isKindName, kindOf, nounOf } from '@consilium/crdt-schema/kinds'
import { createMemo, type JSX, Show } from 'solid-js'
import { article } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'
import { personColour } from '../../parts/colours.ts'
import { shortName } from '../../session/drafts.ts'
import { useDesk } from './state/desk.ts'

export function LiveStrip(): JSX.Element {
  const { people, me, goToPlace } = useDesk()
  const busy = createMemo(() => {
    const peer = people.peers().find(({ user, draft, gone }) => user.id !== me.id && draft !== null && !gone)
    const draft = peer?.draft
    const at = draft?.points[0]
    if (!peer || !draft || !at || !isKindName(draft.kind)) return null
    const kind = nounOf(kindOf(draft.kind))
    const words =
      draft.replaces === null ? `is drawing ${article(kind)} ${kind}` : `is moving ${article(kind)} ${kind}`
    return { user: peer.user, words, series: draft.series, frame: draft.frame, at }
  })
  return (
    <Show when={busy()}>
      {(peer) => (
        <div class="flex min-h-10 shrink-0 items-center gap-2 border-t border-line bg-s2 px-4 py-1 text-12 text-t2">
          <span
            aria-hidden="true"
            class="size-2.5 shrink-0 rounded-full ring-3 ring-s4"
            style={{ 'background-color': personColour(peer().user.colour) }}
          />
          <span class="min-w-0 flex-1">
            <strong class="font-semibold text-t1">{shortName(peer().user.name)}</strong> {peer().words}
          </span>
          <Button kind="quiet" size="bar" onClick={() => goToPlace(peer().series, peer().at, peer().frame)}>
            Go there
          </Button>
        </div>
      )}
    </Show>
  )
}
