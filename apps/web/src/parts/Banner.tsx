/** One sentence across the top of a room, with what can be done about it. Never over the image. */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { explain } from '../errors.ts'
import { type Icon, strokeOf } from './icon.ts'
import { Slot } from './Slot.tsx'

const TONES = {
  bone: 'bg-bone-tint text-bone border-line2',
  acc: 'bg-acc-tint text-acc border-transparent',
  warn: 'bg-warn-tint text-warn border-transparent',
  bad: 'bg-bad-tint text-bad border-transparent',
  ok: 'bg-ok-tint text-ok border-transparent',
}

interface BannerProps {
  readonly tone: keyof typeof TONES
  readonly icon?: Icon
  readonly children: JSX.Element
  readonly actions?: JSX.Element
  /** card: rounded, inside a page; bar: across the whole width, 44 px. */
  readonly shape?: 'bar' | 'card'
  /** Interrupts who listens; for what must be known at once. */
  readonly urgent?: boolean
}

export function Banner(props: BannerProps): JSX.Element {
  return (
    <div
      role={props.urgent ? 'alert' : 'status'}
      class={`flex items-center gap-3 text-13 ${TONES[props.tone]} ${props.shape === 'card' ? 'rounded-tile border px-3 py-2.5' : 'min-h-11 border-b px-4 py-1.5'}`}
    >
      <Show when={props.icon}>
        {(icon) => (
          <Dynamic
            component={icon()}
            size={16}
            strokeWidth={strokeOf(16)}
            class="shrink-0"
            aria-hidden="true"
          />
        )}
      </Show>
      <div class="min-w-0 flex-1">{props.children}</div>
      <Slot class="flex shrink-0 items-center gap-2">{props.actions}</Slot>
    </div>
  )
}

/** What went wrong and what to do about it; nothing while nothing did. */
export function FaultBanner(props: {
  readonly error: unknown
  readonly shape?: BannerProps['shape']
}): JSX.Element {
  return (
    <Show when={props.error}>
      {(error) => (
        <Banner tone="bad" shape={props.shape ?? 'card'} urgent>
          {explain(error()).message} {explain(error()).next}
        </Banner>
      )}
    </Show>
  )
}
