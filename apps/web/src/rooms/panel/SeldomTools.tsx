/** Tools that are seldom taken up, behind one button of the rail; while one of them is taken up the button shows which. */
import EllipsisIcon from 'lucide-solid/icons/ellipsis'
import type { JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { strokeOf } from '../../parts/icon.ts'
import { Menu } from '../../parts/Menu.tsx'
import { Tooltip } from '../../parts/Tooltip.tsx'
import { idOfTool } from './commands/ids.ts'
import { railClass } from './railLook.ts'
import { useDesk } from './state/desk.ts'
import { iconNamed } from './toolIcons.ts'
import type { ToolEntry } from './tools.ts'

export function SeldomTools(props: { readonly entries: readonly ToolEntry[] }): JSX.Element {
  const { choices, keymap, rights } = useDesk()
  const taken = () => props.entries.find(({ tool }) => tool === choices.tool())
  const name = () => {
    const entry = taken()
    return entry ? `More tools: ${entry.title}` : 'More tools'
  }
  const denied = ({ writes }: ToolEntry): boolean => writes !== null && rights.denied(writes) !== null
  return (
    <Menu
      placement="right-start"
      trigger={(trigger: object) => (
        <Tooltip
          as="button"
          type="button"
          side="right"
          text={name()}
          aria-label={name()}
          {...trigger}
          class={railClass({ pressed: taken() !== undefined })}
        >
          <Dynamic
            component={taken() ? iconNamed(taken()?.icon ?? '') : EllipsisIcon}
            size={18}
            strokeWidth={strokeOf(18)}
            aria-hidden="true"
          />
        </Tooltip>
      )}
      items={props.entries.map((entry) => ({
        title: entry.title,
        detail: entry.hint,
        icon: iconNamed(entry.icon),
        hint: keymap.hint(idOfTool(entry.tool)),
        current: choices.tool() === entry.tool,
        disabled: denied(entry),
        onSelect: () => choices.setTool(entry.tool),
      }))}
    />
  )
}
