/** Whether panes go together; where some cannot, the reason. */
import Link from 'lucide-solid/icons/link-2'
import Unlink from 'lucide-solid/icons/link-2-off'
import { type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import type { LinkMode } from '../state/linking.ts'
import { picture } from './LayoutMenu.tsx'

const CHOICES: readonly { readonly mode: LinkMode; readonly title: string; readonly detail: string }[] = [
  { mode: 'off', title: 'Each on its own', detail: 'Panes are moved one by one' },
  { mode: 'place', title: 'Linked by place', detail: 'The same millimetre of the patient, as large' },
  { mode: 'offset', title: 'Linked as they lie', detail: 'At the distance panes have now' },
]

export function LinkMenu(): JSX.Element {
  const { linking, panes, people, setNote } = useDesk()
  const now = () => CHOICES.find(({ mode }) => mode === linking.mode())
  return (
    <Show when={panes.layout().panes > 1}>
      <Menu
        placement="bottom-end"
        focusAfter={picture}
        trigger={(trigger: object) => (
          <IconButton
            {...trigger}
            icon={linking.mode() === 'off' ? Unlink : Link}
            size="bar"
            label={`Panes: ${now()?.title ?? ''}`}
          />
        )}
        items={[
          ...CHOICES.map(({ mode, title, detail }) => ({
            title,
            detail,
            current: mode === linking.mode(),
            onSelect: () => {
              people.leave()
              linking.setMode(mode)
              setNote(mode === 'place' ? (linking.refusals()[0] ?? null) : null)
            },
          })),
          ...linking.refusals().map((title, index) => ({
            title,
            apart: index === 0,
            disabled: true,
            onSelect: () => {},
          })),
        ]}
      />
    </Show>
  )
}
