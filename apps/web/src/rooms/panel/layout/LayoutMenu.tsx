/** How the image area is divided, in which plane the active pane looks and how thick; where there is only one plane, the reason. */
import { planeTitle, type Slab, type Slicing, sameSlicing, slabTitle } from '@consilium/viewer/slicing'
import Layers2 from 'lucide-solid/icons/layers-2'
import LayoutGrid from 'lucide-solid/icons/layout-grid'
import { type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu, type MenuItem } from '../../../parts/Menu.tsx'
import { idOfLayout } from '../commands/ids.ts'
import { useDesk } from '../state/desk.ts'
import { LAYOUTS, planesFrom } from './layouts.ts'

const SLABS: readonly Slab[] = (['max', 'min', 'mean'] as const).flatMap((mode) =>
  [5, 10, 20].map((mm) => ({ mode, mm })),
)

export function LayoutMenu(): JSX.Element {
  const { keymap, panes, people, series } = useDesk()
  const now = (): Slicing => panes.slicing(panes.active())
  const choose = (slicing: Slicing): void => {
    people.leave()
    panes.setSlicing(panes.active(), slicing)
  }
  const title = (slicing: Slicing): string => planeTitle(slicing, panes.acquired())
  const called = (): string => [title(now()), ...[now().slab ?? []].flat().map(slabTitle)].join(', ')

  const planes = (): MenuItem[] => {
    const acquired = panes.acquired()
    if (acquired === null) return []
    const { slab } = now()
    return planesFrom(acquired).map((slicing) => ({
      title: title(slicing),
      ...(slicing.kind === 'acquired' ? { detail: 'As it was taken' } : {}),
      ...(slicing.kind === 'oblique' ? { detail: 'Alt and arrows turn it' } : {}),
      current: slicing.kind === now().kind,
      onSelect: () => slicing.kind !== now().kind && choose({ ...slicing, slab }),
    }))
  }
  const slabs = (): MenuItem[] =>
    panes.denied() !== null
      ? []
      : [undefined, ...SLABS].map((slab, index) => ({
          title: slab ? slabTitle(slab) : 'One plane',
          apart: index === 0,
          current: sameSlicing(now(), { ...now(), slab }),
          onSelect: () => choose({ ...now(), slab }),
        }))

  return (
    <Show when={(series.current()?.slices ?? 1) > 1 || series.all.length > 1}>
      <Menu
        placement="bottom-end"
        focusAfter={picture}
        trigger={(trigger: object) => (
          <IconButton {...trigger} icon={Layers2} size="bar" label={`Plane: ${panes.denied() ?? called()}`} />
        )}
        items={[...planes(), ...slabs(), ...reasonItem(panes.denied())]}
      />
      <Menu
        placement="bottom-end"
        focusAfter={picture}
        trigger={(trigger: object) => (
          <IconButton {...trigger} icon={LayoutGrid} size="bar" label={`Layout: ${panes.layout().title}`} />
        )}
        items={[
          ...LAYOUTS.map((layout) => ({
            title: layout.title,
            hint: keymap.hint(idOfLayout(layout.name)),
            current: layout.name === panes.layout().name,
            disabled: layout.name !== 'one' && panes.deniedLayout() !== null,
            onSelect: () => panes.setLayout(layout.name),
          })),
          ...reasonItem(panes.deniedLayout()),
        ]}
      />
    </Show>
  )
}

/** Of the active pane: what was chosen here is gone on with by keys. */
export const picture = (): HTMLElement | null => document.querySelector<HTMLElement>('#stage .cs-picture')

/** Why there are no more, at the foot of the list. */
const reasonItem = (denied: string | null): MenuItem[] =>
  denied === null ? [] : [{ title: denied, apart: true, disabled: true, onSelect: () => {} }]
