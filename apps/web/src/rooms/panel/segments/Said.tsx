/** What is said of a segment: its label, how certain whoever says it is, and why. As of any annotation. */
import { setCertainty, setLabel } from '@consilium/crdt-schema/acts'
import type { Annotation, Certainty } from '@consilium/crdt-schema/annotation'
import type { JSX } from 'solid-js'
import { Segmented } from '../../../parts/Segmented.tsx'
import { Select } from '../../../parts/Select.tsx'
import { labelOptions } from '../annotations/labelOptions.tsx'
import { Reasoning } from '../annotations/Reasoning.tsx'
import { CERTAINTY_CHOICES } from '../OptionsBar.tsx'
import { useDesk } from '../state/desk.ts'

export function Said(props: { readonly annotation: Annotation }): JSX.Element {
  const desk = useDesk()
  const id = () => props.annotation.id
  const isLocked = () => desk.rights.deniedChange(id(), 'label') !== null
  return (
    <div class="flex flex-col gap-1.5">
      <Select
        bare
        label="Label"
        size="bar"
        options={labelOptions(desk, props.annotation.label)}
        value={props.annotation.label}
        disabled={isLocked()}
        onChange={(key) => desk.act(setLabel, id(), key)}
      />
      <Segmented<Certainty>
        label="Certainty"
        size="bar"
        wide
        choices={CERTAINTY_CHOICES}
        value={props.annotation.certainty}
        disabled={isLocked()}
        onChange={(value) => desk.act(setCertainty, id(), value)}
        onClear={() => desk.act(setCertainty, id(), null)}
      />
      <Reasoning id={id()} text={props.annotation.reasoning} locked={isLocked()} />
    </div>
  )
}
