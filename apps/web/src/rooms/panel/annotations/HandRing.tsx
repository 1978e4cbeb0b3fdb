/** A dashed ring in somebody's colour: they have their hand on it just now. */
import type { JSX } from 'solid-js'
import { personColour } from '../../../parts/colours.ts'

interface HandRingProps {
  readonly colour: number
  /** "Dr A. Okafor has it selected" */
  readonly title: string
}

export function HandRing(props: HandRingProps): JSX.Element {
  return (
    <span
      role="img"
      aria-label={props.title}
      title={props.title}
      class="size-3.5 shrink-0 rounded-full border-2 border-dashed"
      style={{ 'border-color': personColour(props.colour) }}
    />
  )
}
