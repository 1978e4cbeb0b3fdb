/** In the corner of a pane, where several stand side by side: which series of the case it shows. */
import { extentWords } from '@consilium/viewer/moments'
import Images from 'lucide-solid/icons/images'
import { type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { picture } from './LayoutMenu.tsx'

export function PaneMenu(props: { readonly pane: number }): JSX.Element {
  const { series, panes, people } = useDesk()
  const now = () => series.list.findIndex(({ id }) => id === series.in(props.pane)?.id)
  return (
    <Show when={series.list.length > 1 && panes.layout().panes > 1}>
      <div class="absolute top-12 left-2 z-20 rounded-control bg-void/50">
        <Menu
          focusAfter={picture}
          trigger={(trigger: object) => (
            <IconButton
              {...trigger}
              icon={Images}
              size="bar"
              label={`Pane ${props.pane + 1} shows series ${now() + 1}`}
            />
          )}
          items={series.list.map((one, index) => ({
            title: `Series ${index + 1} · ${one.modality} · ${extentWords(one)}`,
            current: index === now(),
            onSelect: () => {
              people.leave()
              panes.activate(props.pane)
              series.put(props.pane, one.id)
            },
          }))}
        />
      </div>
    </Show>
  )
}
