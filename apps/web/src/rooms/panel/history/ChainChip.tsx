/** Whether the record is whole: the server recomputes the chain of hashes when asked, and the answer carries its time. */
import ShieldAlert from 'lucide-solid/icons/shield-alert'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import { type JSX, onMount, Show } from 'solid-js'
import { count, timeOfDay } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'

export function ChainChip(): JSX.Element {
  const { revisions } = useDesk()
  onMount(() => revisions.chain() === null && void revisions.verify())
  return (
    <Show
      when={revisions.chain()}
      fallback={
        <span class="text-12 text-t3">
          {revisions.verifying() ? 'Verifying the chain' : 'Chain not verified'}
        </span>
      }
    >
      {(found) => (
        <Button
          size="bar"
          kind="quiet"
          tone={found().report.ok ? undefined : 'bad'}
          icon={found().report.ok ? ShieldCheck : ShieldAlert}
          busy={revisions.verifying()}
          title={`${count(found().report.rows, 'revision')}. Verify again`}
          class={`-ml-3 min-w-0 shrink! ${found().report.ok ? '[&_svg]:text-ok' : ''}`}
          onClick={() => void revisions.verify()}
        >
          <span class="truncate">
            {found().report.ok
              ? `Chain verified ${timeOfDay(found().at)}`
              : `Chain broken at revision ${found().report.fault?.seq ?? '?'}: ${found().report.fault?.what ?? ''}`}
          </span>
        </Button>
      )}
    </Show>
  )
}
