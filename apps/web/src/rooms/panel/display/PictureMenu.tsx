/** How the picture of the active pane hangs and looks: turned, mirrored, inverted, interpolated, in which colours. Each with its key. */
import { COLOUR_TABLES, COLOUR_TITLES, type ColourTable } from '@consilium/viewer/colours'
import { isColour } from '@consilium/viewer/window'
import Contrast from 'lucide-solid/icons/contrast'
import type { JSX } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu, type MenuItem } from '../../../parts/Menu.tsx'
import { COMMANDS } from '../commands/all.ts'
import { isHold } from '../commands/command.ts'
import { picture } from '../layout/LayoutMenu.tsx'
import { useDesk } from '../state/desk.ts'
import { ColourStrip } from './ColourStrip.tsx'
import { isSmooth } from './smoothing.ts'

const HANGING = ['look.rotate-right', 'look.rotate-left', 'look.flip-horizontal', 'look.flip-vertical']

export function PictureMenu(): JSX.Element {
  const desk = useDesk()
  const view = desk.view
  /** What keys do too. */
  const item = (id: string, more: Partial<MenuItem> = {}): MenuItem[] => {
    const command = COMMANDS.find((one) => one.id === id)
    if (!command || isHold(command)) return []
    return [
      {
        title: command.title,
        hint: desk.keymap.hint(id),
        onSelect: () => command.run(desk),
        ...more,
      },
    ]
  }
  const colours = (): MenuItem[] => {
    const series = desk.series.current()
    if (!series || isColour(series)) return []
    return COLOUR_TABLES.map((table: ColourTable, index) => ({
      title: COLOUR_TITLES[table],
      before: () => <ColourStrip table={table} />,
      apart: index === 0,
      current: (view()?.colours ?? 'grey') === table,
      onSelect: () => {
        desk.people.leave()
        desk.stage()?.setColours(table)
      },
    }))
  }
  return (
    <Menu
      placement="bottom-end"
      focusAfter={picture}
      trigger={(trigger: object) => (
        <IconButton {...trigger} icon={Contrast} size="bar" label="Picture: turn, mirror, colours" />
      )}
      items={[
        ...HANGING.flatMap((id) => item(id)),
        ...item('look.invert', { apart: true, current: view()?.inverted ?? false }),
        ...item('look.smooth', { current: isSmooth() }),
        ...item('look.reset'),
        ...colours(),
      ]}
    />
  )
}
