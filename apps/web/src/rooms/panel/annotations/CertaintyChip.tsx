/** Present, uncertain or absent; nothing where nobody has said. */
import type { Certainty } from '@consilium/crdt-schema/annotation'
import { type JSX, Show } from 'solid-js'
import { capital } from '../../../format.ts'
import { Chip } from '../../../parts/Chip.tsx'

const TONES = { present: 'ok', uncertain: 'warn', absent: 'plain' } as const

export function CertaintyChip(props: { readonly certainty: Certainty | null }): JSX.Element {
  return (
    <Show when={props.certainty}>{(value) => <Chip tone={TONES[value()]}>{capital(value())}</Chip>}</Show>
  )
}
