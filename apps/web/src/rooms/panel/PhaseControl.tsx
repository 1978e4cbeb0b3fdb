/** How the adjudicator closes a case as decided, and opens it again. Everybody's page follows by the live channel; nothing is set here. */
import { may } from '@consilium/crdt-schema/roles'
import Gavel from 'lucide-solid/icons/gavel'
import LockOpen from 'lucide-solid/icons/lock-open'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { Divider } from '../../parts/Header.tsx'
import { Late } from '../../parts/Late.tsx'
import { createOnceAsked } from './later/createOnceAsked.ts'
import { UNSEEN } from './later/files.ts'
import { useDesk } from './state/desk.ts'

export function PhaseControl(): JSX.Element {
  const { standing, past } = useDesk()
  const [asked, setAsked] = createSignal(false)
  const [wanted, setWanted] = createSignal<'panel' | 'decided'>('decided')
  const ask = (phase: 'panel' | 'decided'): void => {
    setWanted(phase)
    setAsked(true)
  }
  const wasAsked = createOnceAsked(asked)
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
      <Show when={wasAsked()}>
        <Late of={UNSEEN}>
          {({ PhaseDialog }) => (
            <PhaseDialog open={asked()} wanted={wanted()} onClose={() => setAsked(false)} />
          )}
        </Late>
      </Show>
    </Show>
  )
}
