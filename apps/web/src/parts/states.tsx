/** What a list shows instead of rows: nothing yet, something went wrong, on its way. One sentence and one act each. */
import CircleAlert from 'lucide-solid/icons/circle-alert'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import { Index, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { explain } from '../errors.ts'
import { Button } from './Button.tsx'
import { type Icon, strokeOf } from './icon.ts'
import { Slot } from './Slot.tsx'

interface EmptyStateProps {
  readonly icon?: Icon
  readonly title: string
  readonly children?: JSX.Element
  /** The next act, usually one button. */
  readonly action?: JSX.Element
  /** In a side panel: smaller, at the top. */
  readonly compact?: boolean
  /** The whole page says this: its title is the page's heading. */
  readonly page?: boolean
}

export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div
      class={`flex flex-col items-center justify-center gap-2 text-center ${props.compact ? 'px-6 py-8' : 'min-h-72 px-8 py-12'}`}
    >
      <Show when={props.icon}>
        {(icon) => (
          <span class="mb-1 flex size-10 items-center justify-center rounded-full bg-s3 text-t2">
            <Dynamic component={icon()} size={18} strokeWidth={strokeOf(18)} aria-hidden="true" />
          </span>
        )}
      </Show>
      <Dynamic component={props.page ? 'h1' : 'p'} class="text-14 font-semibold text-t1">
        {props.title}
      </Dynamic>
      <Slot class="max-w-96 text-13 text-balance text-t2">{props.children}</Slot>
      <Slot class="mt-2 flex gap-2">{props.action}</Slot>
    </div>
  )
}

interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: () => void
  readonly action?: JSX.Element
  readonly compact?: boolean
}

export function ErrorState(props: ErrorStateProps): JSX.Element {
  const told = () => explain(props.error)
  return (
    <div
      role="alert"
      class={`flex flex-col items-center justify-center gap-2 text-center ${props.compact ? 'px-6 py-8' : 'min-h-72 px-8 py-12'}`}
    >
      <span class="mb-1 flex size-10 items-center justify-center rounded-full bg-bad-tint text-bad">
        <CircleAlert size={18} aria-hidden="true" />
      </span>
      <p class="text-14 font-semibold text-t1">{told().message}</p>
      <p class="max-w-96 text-13 text-balance text-t2">{told().next}</p>
      <Slot class="mt-2 flex gap-2">
        <Show when={props.onRetry}>
          {(retry) => (
            <Button icon={RotateCw} onClick={() => retry()()}>
              Try again
            </Button>
          )}
        </Show>
        {props.action}
      </Slot>
    </div>
  )
}

/** Rows that are on their way. `height` is that of the rows to come, so that nothing jumps. */
export function SkeletonRows(props: {
  readonly rows?: number
  readonly height?: number
  readonly label?: string
}): JSX.Element {
  return (
    <div role="status" aria-label={props.label ?? 'Loading'}>
      <Index each={Array.from({ length: props.rows ?? 6 }, (_, index) => index)}>
        {(index) => (
          <div
            aria-hidden="true"
            class="flex items-center gap-4 border-b border-line px-5"
            style={{ height: `${props.height ?? 48}px`, opacity: String(1 - index() * 0.1) }}
          >
            <span class="waiting h-3 w-16 rounded-swatch" />
            <span class="waiting h-3 flex-1 rounded-swatch" />
            <span class="waiting h-3 w-20 rounded-swatch" />
          </div>
        )}
      </Index>
    </div>
  )
}
