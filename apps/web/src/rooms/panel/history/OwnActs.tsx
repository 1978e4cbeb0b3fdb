/** What one did oneself, the newest first, to be taken back in whatever order; what one painted on other days is among it. */
import ListX from 'lucide-solid/icons/list-x'
import type { JSX } from 'solid-js'
import { capital, moment } from '../../../format.ts'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'

/** More than one looks through; what was painted before them is pointed at. */
const LISTED = 20

export function OwnActs(): JSX.Element {
  const { document, rights } = useDesk()
  const isEmpty = () => document.undo.titles().undo === null
  return (
    <Menu
      placement="bottom-end"
      trigger={(trigger: object) => (
        <IconButton
          {...trigger}
          icon={ListX}
          label="Take back one of your acts"
          size="bar"
          side="left"
          disabled={isEmpty() || rights.denied('annotations') !== null}
        />
      )}
      items={
        isEmpty()
          ? []
          : document.undo
              .undoable()
              .slice(0, LISTED)
              .map((one) => ({
                title: capital(one.title),
                detail: moment(one.at, Date.now()),
                onSelect: () => document.undo.undo(one),
              }))
      }
    />
  )
}
