/** Everything the server would not take, with what became of it. Stays reachable from the banner until its author has decided about all. */
import { For, type JSX } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { KeptCard } from '../kept/KeptCard.tsx'
import { useDesk } from './state/desk.ts'

export function KeptDialog(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const { document, kept, labelTitle } = useDesk()
  const ids = () => document.kept().map(({ id }) => id)
  const close = (): void => {
    props.onClose()
    document.link.kept.tidy()
  }
  return (
    <Dialog
      open={props.open}
      onClose={close}
      width="wide"
      title="Not in the record"
      description="The case on the screen is as the server has it. Your own work is kept in this browser until you have decided about it."
      actions={<Button onClick={close}>Close</Button>}
    >
      <For each={ids()}>
        {(id) => {
          const work = () => document.kept().find((one) => one.id === id)
          const first = work()
          if (!first) return null
          const now = () => work() ?? first
          return (
            <KeptCard
              work={now()}
              labelTitle={labelTitle}
              putBack={{
                denied: kept.denied,
                fault: (change) => kept.fault(now(), change),
                now: (changes) => void kept.putBack(now(), changes),
              }}
              onSave={() => kept.saveAsFile(now())}
              onDiscard={(changes) => void kept.discard(now(), changes)}
            />
          )
        }}
      </For>
    </Dialog>
  )
}
