/** Lays another series of the case over the one in view; where one cannot lie there, it says why. */
import { extentWords } from '@consilium/viewer/moments'
import Blend from 'lucide-solid/icons/blend'
import { type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu, type MenuItem } from '../../../parts/Menu.tsx'
import { picture } from '../layout/LayoutMenu.tsx'
import { useDesk } from '../state/desk.ts'
import { FIRST, type Laid } from './fusion.ts'

export function FusionMenu(): JSX.Element {
  const { fusion, people, series } = useDesk()
  const below = series.current
  const laid = () => fusion.laidOn(below()?.id)
  const lay = (on: string, next: Laid | null): void => {
    people.leave()
    fusion.lay(on, next)
  }
  const items = (): MenuItem[] => {
    const now = below()
    if (!now) return []
    return [
      { title: 'Nothing laid over', current: laid() === null, onSelect: () => lay(now.id, null) },
      ...fusion.offered(now).map(({ series: one, refused }, index) => ({
        title: `Series ${series.mates(now.id).indexOf(one) + 1} · ${one.modality} · ${extentWords(one)}`,
        ...(refused === null ? {} : { detail: refused }),
        disabled: refused !== null,
        apart: index === 0,
        current: laid()?.series === one.id,
        onSelect: () => lay(now.id, { ...FIRST, ...laid(), series: one.id }),
      })),
    ]
  }
  return (
    <Show when={series.mates(below()?.id ?? '').length > 1}>
      <Menu
        placement="bottom-end"
        focusAfter={picture}
        trigger={(trigger: object) => (
          <IconButton
            {...trigger}
            icon={Blend}
            size="bar"
            label={laid() === null ? 'Lay a series over' : 'A series lies over'}
          />
        )}
        items={items()}
      />
    </Show>
  )
}
