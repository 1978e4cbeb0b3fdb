/** What is said of a segment: its label, how certain whoever says it is, and why. As of any annotation. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { JSX } from 'solid-js'
import { Line } from '../annotations/Line.tsx'
import { Reasoning } from '../annotations/Reasoning.tsx'
import { CertaintyChoice, LabelChoice } from '../annotations/SaidChoices.tsx'
import { useDesk } from '../state/desk.ts'

export function Said(props: { readonly annotation: Annotation }): JSX.Element {
  const { rights } = useDesk()
  const id = () => props.annotation.id
  const isLocked = () => rights.deniedChange(id(), 'label') !== null
  return (
    <>
      <Line title="Label">
        <LabelChoice annotation={props.annotation} locked={isLocked()} />
      </Line>
      <Line title="Certainty">
        <CertaintyChoice annotation={props.annotation} locked={isLocked()} />
      </Line>
      <Line title="Reasoning" tall>
        <Reasoning id={id()} text={props.annotation.reasoning} locked={isLocked()} />
      </Line>
    </>
  )
}
