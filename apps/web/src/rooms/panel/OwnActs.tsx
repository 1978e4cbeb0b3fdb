/** What one did oneself, the newest first, to be taken back in whatever order; what one painted on other days is among it. */
import ListX from 'lucide-solid/icons/list-x'
import type { JSX } from 'solid-js'
import { capital, moment } from '../../format.ts'
import { strokeOf } from '../../parts/icon.ts'
import { Menu } from '../../parts/Menu.tsx'
import { Tooltip } from '../../parts/Tooltip.tsx'
import { railClass } from './railLook.ts'
import { useDesk } from './state/desk.ts'

/** More than one looks through; what was painted before them is pointed at. */
const LISTED = 20
const NAME = 'Take back one of your acts'

export function OwnActs(): JSX.Element {
  const { document, rights } = useDesk()
  const denied = () =>
    rights.denied('annotations') ??
    (document.undo.titles().undo === null ? 'Nothing of yours to undo.' : null)
  const acts = () => (document.undo.titles().undo === null ? [] : document.undo.undoable().slice(0, LISTED))
  return (
    <Menu
      placement="right-start"
      trigger={(trigger: object) => (
        <Tooltip
          as="button"
          type="button"
          side="right"
          text={denied() ? `${NAME}. ${denied()}` : NAME}
          aria-label={NAME}
          {...trigger}
          disabled={denied() !== null}
          class={railClass({ denied: denied() !== null })}
        >
          <ListX size={18} strokeWidth={strokeOf(18)} aria-hidden="true" />
        </Tooltip>
      )}
      items={acts().map((one) => ({
        title: capital(one.title),
        detail: moment(one.at, Date.now()),
        onSelect: () => document.undo.undo(one),
      }))}
    />
  )
}
