/** What is chosen from a list about an annotation, a segment too: its label, and how certain whoever says it is. */
import { setCertainty, setLabel } from '@consilium/crdt-schema/acts'
import type { Annotation, Certainty } from '@consilium/crdt-schema/annotation'
import type { JSX } from 'solid-js'
import { Segmented } from '../../../parts/Segmented.tsx'
import { Select } from '../../../parts/Select.tsx'
import { CERTAINTY_CHOICES } from '../OptionsBar.tsx'
import { useDesk } from '../state/desk.ts'
import { labelOptions } from './labelOptions.tsx'

interface ChoiceProps {
  readonly annotation: Annotation
  readonly locked: boolean
}

export function LabelChoice(props: ChoiceProps): JSX.Element {
  const desk = useDesk()
  return (
    <Select
      bare
      label="Label"
      size="bar"
      options={labelOptions(desk, props.annotation.label)}
      value={props.annotation.label}
      disabled={props.locked}
      onChange={(key) => desk.act(setLabel, props.annotation.id, key)}
    />
  )
}

export function CertaintyChoice(props: ChoiceProps): JSX.Element {
  const desk = useDesk()
  return (
    <Segmented<Certainty>
      label="Certainty"
      size="bar"
      wide
      choices={CERTAINTY_CHOICES}
      value={props.annotation.certainty}
      disabled={props.locked}
      onChange={(value) => desk.act(setCertainty, props.annotation.id, value)}
      onClear={() => desk.act(setCertainty, props.annotation.id, null)}
    />
  )
}
