/** Asks before a case is closed as decided, or opened again. */
import { useMutation } from '@tanstack/solid-query'
import { createEffect, createMemo, type JSX, on, Show } from 'solid-js'
import { api } from '../../api.ts'
import { count } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { useDesk } from './state/desk.ts'

interface PhaseDialogProps {
  readonly open: boolean
  /** What is asked about. It stands while the dialog closes, though the case is in that phase by then: the live channel is often the faster. */
  readonly wanted: 'panel' | 'decided'
  readonly onClose: () => void
}

export function PhaseDialog(props: PhaseDialogProps): JSX.Element {
  const { kase, standing, talk } = useDesk()
  const set = useMutation(() => ({
    mutationFn: (phase: 'panel' | 'decided') => api.setPhase(kase.id, phase),
  }))
  // What went wrong was about the question before.
  createEffect(
    on(
      () => props.open,
      (isOpen) => isOpen && set.reset(),
    ),
  )
  // Done, by this page or by somebody else's: there is nothing left to ask.
  createEffect(on(standing.phase, (phase) => phase === props.wanted && props.onClose(), { defer: true }))
  const disputes = createMemo(
    () =>
      talk.summaries().filter(({ thread, decision }) => thread.about === 'dispute' && decision === null)
        .length,
  )
  return (
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={props.wanted === 'decided' ? `Close ${kase.key} as decided?` : `Reopen ${kase.key}?`}
      description={
        props.wanted === 'decided'
          ? 'From then on its annotations and decisions stand as they are, for everybody. Comments can still be written. You can reopen it.'
          : 'Annotations and decisions can be made and changed again. What was decided stays in the history.'
      }
      actions={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            kind="primary"
            busy={set.isPending}
            onClick={() => set.mutate(props.wanted, { onSuccess: () => props.onClose() })}
          >
            {props.wanted === 'decided' ? 'Close as decided' : 'Reopen'}
          </Button>
        </>
      }
    >
      <Show when={props.wanted === 'decided' && disputes() > 0}>
        <p class="text-13 text-warn">
          {count(disputes(), 'dispute')} {disputes() === 1 ? 'is' : 'are'} still open and would stay
          undecided.
        </p>
      </Show>
      <FaultBanner error={set.error} />
    </Dialog>
  )
}
