/** How the image area is divided, and in which plane the active pane looks; where there is only one, the reason. */
import { planeTitle, type Slicing, sameSlicing } from '@consilium/viewer/slicing'
import Layers2 from 'lucide-solid/icons/layers-2'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import { type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { LAYOUTS, planesFrom } from './layouts.ts'

export function LayoutMenu(): JSX.Element {
  const { panes, people, series } = useDesk()
  const title = (slicing: Slicing): string => planeTitle(slicing, panes.acquired())
  const now = (): Slicing => panes.slicing(panes.active())
  const offered = (): readonly Slicing[] => {
    const acquired = panes.acquired()
    return acquired === null ? [] : planesFrom(acquired)
  }
  return (
    <Show when={(series.current()?.slices ?? 1) > 1}>
      <Menu
        placement="bottom-end"
        trigger={(trigger: object) => (
          <IconButton
            {...trigger}
            icon={Layers2}
            size="bar"
            label={`Plane: ${panes.denied() ?? title(now())}`}
          />
        )}
        items={[
          ...offered().map((slicing) => ({
            title: title(slicing),
            ...(slicing.kind === 'acquired' ? { detail: 'As it was taken' } : {}),
            current: sameSlicing(slicing, now()),
            onSelect: () => {
              people.leave()
              panes.setSlicing(panes.active(), slicing)
            },
          })),
          ...reasonItem(panes.denied()),
        ]}
      />
      <Menu
        placement="bottom-end"
        trigger={(trigger: object) => (
          <IconButton {...trigger} icon={LayoutGrid} size="bar" label={`Layout: ${panes.layout().title}`} />
        )}
        items={[
          ...LAYOUTS.map((layout) => ({
            title: layout.title,
            hint: `Alt+${layout.key}`,
            current: layout.name === panes.layout().name,
            disabled: layout.panes > 1 && panes.denied() !== null,
            onSelect: () => panes.setLayout(layout.name),
          })),
          ...reasonItem(panes.denied()),
        ]}
      />
    </Show>
  )
}

/** Why there are no more, at the foot of the list. */
const reasonItem = (denied: string | null) =>
  denied === null ? [] : [{ title: denied, apart: true, disabled: true, onSelect: () => {} }]
