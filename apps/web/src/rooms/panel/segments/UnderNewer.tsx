/** After a stretch without connection: which of one's own strokes lie under what others painted meanwhile, and the way to the top. */
import { bringToTop } from '@consilium/crdt-schema/acts'
import { createMemo, type JSX, Show } from 'solid-js'
import { count } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'

export function UnderNewer(): JSX.Element {
  const { painting, document, me, act, rights } = useDesk()
  const covered = () => painting.away.covered()
  const whose = createMemo(() => {
    // People behind clientIDs are learned by and by.
    document.colourOf(me.id)
    const names = covered().flatMap(({ by }) => document.authors.byClient(by)?.author.name ?? [])
    return [...new Set(names)].join(' and ') || 'somebody else'
  })
  return (
    <Show when={covered().length > 0}>
      <div role="status" class="mx-4 mb-3 flex flex-col gap-2 rounded-tile bg-s3 p-3 text-12 text-t1">
        <p>
          {count(covered().length, 'of your strokes lies', 'of your strokes lie')} under newer work of{' '}
          {whose()}.
        </p>
        <div class="flex justify-end gap-2">
          <Button size="bar" kind="quiet" onClick={painting.away.leave}>
            Leave as it is
          </Button>
          <Button
            size="bar"
            kind="primary"
            disabled={rights.denied('annotations') !== null}
            onClick={() => {
              for (const { turn } of covered()) act(bringToTop, turn)
              painting.away.leave()
            }}
          >
            Bring to top
          </Button>
        </div>
      </div>
    </Show>
  )
}
