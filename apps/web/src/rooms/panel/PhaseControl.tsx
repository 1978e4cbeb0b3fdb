/** How the adjudicator closes a case as decided, and opens it again. Everybody's page follows by the live channel; nothing is set here. */
import { may } from '@consilium/crdt-schema/roles'
import { useMutation } from '@tanstack/solid-query'
import Gavel from 'lucide-solid/icons/gavel'
import LockOpen from 'lucide-solid/icons/lock-open'
import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
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
  const set = useMutation(() => ({
    mutationFn: (phase: 'panel' | 'decided') => api.setPhase(kase.id, phase),
    onSuccess: () => setAsked(false),
  }))
  const close = (): void => {
    setAsked(false)
    set.reset()
  }
  const disputes = createMemo(
    () =>
      talk.summaries().filter(({ thread, decision }) => thread.about === 'dispute' && decision === null)
        .length,
  )
  const shown = () => may(standing.role(), 'decide') && past.past() === null
  return (
    <Show when={shown()}>
      <Switch>
        <Match when={standing.phase() === 'panel'}>
          <Divider />
          <Button size="bar" icon={Gavel} onClick={() => setAsked(true)}>
            Close the case
          </Button>
        </Match>
        <Match when={standing.phase() === 'decided'}>
          <Divider />
          <Button size="bar" icon={LockOpen} onClick={() => setAsked(true)}>
            Reopen
          </Button>
        </Match>
      </Switch>
      <Dialog
        open={asked()}
        onClose={close}
        title={standing.phase() === 'panel' ? `Close ${kase.key} as decided?` : `Reopen ${kase.key}?`}
        description={
          standing.phase() === 'panel'
            ? 'From then on its annotations and decisions stand as they are, for everybody. Comments can still be written. You can reopen it.'
            : 'Annotations and decisions can be made and changed again. What was decided stays in the history.'
        }
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              kind="primary"
              busy={set.isPending}
              onClick={() => set.mutate(standing.phase() === 'panel' ? 'decided' : 'panel')}
            >
              {standing.phase() === 'panel' ? 'Close as decided' : 'Reopen'}
            </Button>
          </>
        }
      >
        <Show when={standing.phase() === 'panel' && disputes() > 0}>
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
