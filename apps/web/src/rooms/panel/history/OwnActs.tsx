/** What one did oneself, the newest first, to be taken back in whatever order; what one painted on other days is among it. */
import { segmentOf } from '@consilium/crdt-schema/acts'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import ListX from 'lucide-solid/icons/list-x'
import type { JSX } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { type OwnActLookups, ownActWords } from './ownActs.ts'

/** More than one looks through; what was painted before them is pointed at. */
const LISTED = 20

export function OwnActs(): JSX.Element {
  const { document, rights, series, labelTitle } = useDesk()
  const annotationOf = (id: string) => document.records.shelves.annotations.get(id)
  const lookups: OwnActLookups = {
    segmentOf: (act) => segmentOf(document.link.doc, act),
    nameOf: (segment) => {
      const found = annotationOf(segment)
      return found ? found.name || labelTitle(found.label) : null
    },
    gridOf: (segment) => {
      const on = series.list.find(({ id }) => id === annotationOf(segment)?.source.series)
      return on ? gridOfSeries(on) : null
    },
  }
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
                ...ownActWords(one, lookups, Date.now()),
                onSelect: () => document.undo.undo(one),
              }))
      }
    />
  )
}
