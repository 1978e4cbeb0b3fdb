/** What a segment is called; written when the field is left, or by Enter, not at every key. */
import { setName } from '@consilium/crdt-schema/acts'
import { createSignal, type JSX } from 'solid-js'
import { Field } from '../../../parts/Field.tsx'
import { useDesk } from '../state/desk.ts'
import type { SegmentRow } from '../state/painting/segments.ts'

export function NameField(props: { readonly row: SegmentRow }): JSX.Element {
  const { act, rights } = useDesk()
  /** While somebody types; what others write meanwhile comes in afterwards. */
  const [typed, setTyped] = createSignal<string | null>(null)
  const take = (): void => {
    const name = typed()?.trim()
    setTyped(null)
    if (name !== undefined && name !== (props.row.annotation.name ?? '')) act(setName, props.row.id, name)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
      onFocusOut={take}
    >
      <Field
        bare
        label={`Name of ${props.row.title}`}
        size="bar"
        value={typed() ?? props.row.annotation.name ?? ''}
        onInput={setTyped}
        disabled={rights.deniedChange(props.row.id, 'name') !== null}
      />
    </form>
  )
}
