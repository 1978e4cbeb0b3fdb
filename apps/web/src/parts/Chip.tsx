/** A state in one or two words. Its colour supports the word and never replaces it. */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type Icon, strokeOf } from './icon.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'acc' | 'bone' | 'plain' | 'outline'

const TONES: Record<Tone, string> = {
  ok: 'bg-ok-tint text-ok border-transparent',
  warn: 'bg-warn-tint text-warn border-transparent',
  bad: 'bg-bad-tint text-bad border-transparent',
  acc: 'bg-acc-tint text-acc border-transparent',
  bone: 'bg-bone-tint text-bone border-transparent',
  plain: 'bg-s3 text-t2 border-transparent',
  outline: 'bg-transparent text-t2 border-line2',
}

interface ChipProps {
  readonly tone?: Tone
  readonly icon?: Icon
  readonly children: JSX.Element
  readonly class?: string
}

export function Chip(props: ChipProps): JSX.Element {
  return (
    <span
      class={`inline-flex h-5 shrink-0 items-center gap-1 rounded-letter border px-1.5 text-11 font-medium whitespace-nowrap ${TONES[props.tone ?? 'plain']} ${props.class ?? ''}`}
    >
      <Show when={props.icon}>
        {(icon) => <Dynamic component={icon()} size={12} strokeWidth={strokeOf(12)} aria-hidden="true" />}
      </Show>
      {props.children}
    </span>
  )
}
