/** How the adjudicator closes a case as decided, and opens it again. Everybody's page follows by the live channel; nothing is set here. */
import { may } from '@consilium/crdt-schema/roles'
import { useMutation } from '@tanstack/solid-query'
import Gavel from 'lucide-solid/icons/gavel'
import LockOpen from 'lucide-solid/icons/lock-open'
import { createEffect, createMemo, createSignal, type JSX, Match, on, Show, Switch } from 'solid-js'
import { api } from '../../api.ts'
import { count } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Divider } from '../../parts/Header.tsx'
import { useDesk } from './state/desk.ts'

export function PhaseControl(): JSX.Element {
  const { kase, standing, past, talk } = useDesk()
  const [asked, setAsked] = createSignal(false)
  /** What was asked about. It stands while the dialog closes, though the case is in that phase by then: the live channel is often the faster. */
  const [wanted, setWanted] = createSignal<'panel' | 'decided'>('decided')
  const set = useMutation(() => ({
    mutationFn: (phase: 'panel' | 'decided') => api.setPhase(kase.id, phase),
  }))
  const ask = (phase: 'panel' | 'decided'): void => {
    set.reset()
    setWanted(phase)
    setAsked(true)
  }
  const close = (): void => void setAsked(false)
  // Done, by this page or by somebody else's: there is nothing left to ask.
  createEffect(on(standing.phase, (phase) => phase === wanted() && close(), { defer: true }))
  const disputes = createMemo(
    () =>
      talk.summaries().filter(({ thread, decision }) => thread.about === 'dispute' && decision === null)
        .length,
  )
  const shown = () => may(standing.role(), 'decide') && !past.isPast()
  return (
    <Show when={shown()}>
      <Switch>
        <Match when={standing.phase() === 'panel'}>
          <Divider />
          <Button size="bar" icon={Gavel} onClick={() => ask('decided')}>
            Close the case
          </Button>
        </Match>
        <Match when={standing.phase() === 'decided'}>
          <Divider />
          <Button size="bar" icon={LockOpen} onClick={() => ask('panel')}>
            Reopen
          </Button>
        </Match>
      </Switch>
      <Dialog
        open={asked()}
        onClose={close}
        title={wanted() === 'decided' ? `Close ${kase.key} as decided?` : `Reopen ${kase.key}?`}
        description={
          wanted() === 'decided'
            ? 'From then on its annotations and decisions stand as they are, for everybody. Comments can still be written. You can reopen it.'
            : 'Annotations and decisions can be made and changed again. What was decided stays in the history.'
        }
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              kind="primary"
              busy={set.isPending}
              onClick={() => set.mutate(wanted(), { onSuccess: close })}
            >
              {wanted() === 'decided' ? 'Close as decided' : 'Reopen'}
            </Button>
          </>
        }
      >
        <Show when={wanted() === 'decided' && disputes() > 0}>
          <p class="text-13 text-warn">
            {count(disputes(), 'dispute')} {disputes() === 1 ? 'is' : 'are'} still open and would stay
            undecided.
          </p>
        </Show>
        <FaultBanner error={set.error} />
      </Dialog>
    </Show>
  )
}
