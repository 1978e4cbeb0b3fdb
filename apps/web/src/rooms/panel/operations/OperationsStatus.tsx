/** What is being worked out just now, with the way to give it up; and what was computed and waits for somebody to confirm it. */
import Check from 'lucide-solid/icons/check'
import { type JSX, Show } from 'solid-js'
import { capital, count } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'

export function OperationsStatus(): JSX.Element {
  const { operations } = useDesk().painting
  return (
    <>
      <Show when={operations.running()}>
        {(running) => (
          <div class="mx-4 mb-3 flex items-center gap-3 rounded-tile bg-s3 p-3 text-12 text-t1">
            <div class="flex min-w-0 flex-1 flex-col gap-1.5">
              <p role="status">{capital(running().doing)} …</p>
              <div
                role="progressbar"
                aria-label={capital(running().doing)}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={percent(running().share) ?? undefined}
                class="h-1 overflow-hidden rounded-full bg-s4"
              >
                <div class="h-full bg-bone" style={{ width: `${percent(running().share) ?? 0}%` }} />
              </div>
            </div>
            <Button size="bar" kind="quiet" onClick={operations.cancel}>
              Cancel
            </Button>
          </div>
        )}
      </Show>
      <Show when={operations.pending()}>
        {(pending) => (
          <div
            role="group"
            aria-label="Computed slices"
            class="mx-4 mb-3 flex flex-col gap-2 rounded-tile bg-s3 p-3 text-12 text-t1"
          >
            <p role="status">
              {count(pending().change.painted, 'voxel')} of {pending().title} were computed. They are hatched,
              and only you see them.
            </p>
            <div class="flex justify-end gap-2">
              <Button size="bar" kind="quiet" onClick={operations.letGo}>
                Let go
              </Button>
              <Button size="bar" kind="primary" icon={Check} onClick={operations.confirm}>
                Confirm
              </Button>
            </div>
          </div>
        )}
      </Show>
    </>
  )
}

const percent = (share: number | null): number | null => (share === null ? null : Math.round(100 * share))
