/** In the corner of a pane, where several stand side by side: which series of the case it shows. */
import type { Series } from '@consilium/contract/studies'
import { extentWords } from '@consilium/viewer/moments'
import Images from 'lucide-solid/icons/images'
import { type JSX, Show } from 'solid-js'
import { capital } from '../../../format.ts'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { picture } from './LayoutMenu.tsx'

export function PaneMenu(props: { readonly pane: number }): JSX.Element {
  const { series, panes, people } = useDesk()
  const shown = () => series.in(props.pane)
  /** "series 2", "prior series 1". */
  const named = (one: Series) =>
    `${series.isPrior(one.id) ? 'prior series' : 'series'} ${series.mates(one.id).indexOf(one) + 1}`
  const called = () => {
    const one = shown()
    return one ? named(one) : 'no series'
  }
  return (
    <Show when={series.all.length > 1 && panes.layout().panes > 1}>
      <div class="absolute top-12 left-2 z-20 rounded-control bg-void/50">
        <Menu
          focusAfter={picture}
          trigger={(trigger: object) => (
            <IconButton
              {...trigger}
              icon={Images}
              size="bar"
              label={`Pane ${props.pane + 1} shows ${called()}`}
            />
          )}
          items={series.all.map((one) => ({
            title: `${capital(named(one))} · ${one.modality} · ${extentWords(one)}`,
            current: one.id === shown()?.id,
            apart: one.id === series.prior[0]?.id,
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
