/** What can be done with something that was said: whoever may takes its words out of the record. Not there where nothing can be done. */

import { may } from '@consilium/crdt-schema/roles'
import { TAKEN_OUT } from '@consilium/crdt-schema/takenOut'
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import Eraser from 'lucide-solid/icons/eraser'
import { createSignal, type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { TakeOutDialog } from './TakeOutDialog.tsx'
import type { Place } from './takenOut.ts'

export function SaidMenu(props: {
  readonly place: Place
  readonly text: string
  /** What is meant, for whoever hears it: "comment of Dr A. Okafor". */
  readonly label: string
}): JSX.Element {
  const { standing, past } = useDesk()
  const [asking, setAsking] = createSignal(false)
  const isThere = () => props.text !== '' && props.text !== TAKEN_OUT
  const mayTakeOut = () => may(standing.role(), 'redact') && !past.isPast() && isThere()
  return (
    <>
      <Show when={mayTakeOut()}>
        <Menu
          placement="bottom-end"
          trigger={(trigger: object) => (
            <IconButton
              {...trigger}
              icon={EllipsisVertical}
              label={`What can be done with the ${props.label}`}
              size="small"
              side="left"
            />
          )}
          items={[
            { title: 'Take the words out…', icon: Eraser, tone: 'bad', onSelect: () => setAsking(true) },
          ]}
        />
      </Show>
      <TakeOutDialog open={asking()} onClose={() => setAsking(false)} place={props.place} text={props.text} />
    </>
  )
}
