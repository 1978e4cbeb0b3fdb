/**
 * A few choices side by side, one of them active. `value` may be null: nobody has said.
 * With `clearable`, choosing the active one again takes the answer back.
 */
import * as K from '@kobalte/core/toggle-group'
import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type Icon, strokeOf } from './icon.ts'

export interface Choice<T extends string> {
  readonly value: T
  readonly title: string
  readonly icon?: Icon
  /** Shows the icon alone; the title is its name, and told to the pointer. */
  readonly bare?: boolean
  /** Number behind the words, e.g. how many rows it would show. */
  readonly count?: number | string
  readonly disabled?: boolean
}

interface SegmentedProps<T extends string> {
  /** Accessible name of the whole. */
  readonly label: string
  readonly choices: readonly Choice<T>[]
  readonly value: T | null
  readonly onChange: (value: T) => void
  readonly onClear?: () => void
  readonly disabled?: boolean
  /** bar: 26 px inside a 28 px frame. */
  readonly size?: 'bar' | 'normal'
  /** Fills the width, equal parts. */
  readonly wide?: boolean
}

export function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  return (
    <K.Root
      aria-label={props.label}
      value={props.value}
      onChange={(value: string | null) => {
        if (value !== null) props.onChange(value as T)
        else props.onClear?.()
      }}
      disabled={props.disabled}
      class={`inline-flex items-center rounded-control border border-line2 bg-s1 p-px ${props.wide ? 'w-full' : ''} ${props.size === 'bar' ? 'h-7' : 'h-8'}`}
    >
      <For each={props.choices}>
        {(choice) => (
          <K.Item
            value={choice.value}
            disabled={choice.disabled}
            title={choice.bare ? choice.title : undefined}
            class={`inline-flex h-full items-center justify-center gap-1.5 rounded-letter border border-transparent px-2.5 text-12 font-medium whitespace-nowrap text-t2 transition-colors enabled:hover:text-t1 disabled:opacity-45 data-pressed:border-ctl data-pressed:bg-s4 data-pressed:text-t1 ${props.wide ? 'flex-1' : ''}`}
          >
            <Show when={choice.icon}>
              {(icon) => (
                <Dynamic component={icon()} size={14} strokeWidth={strokeOf(14)} aria-hidden="true" />
              )}
            </Show>
            <span class={choice.bare ? 'sr-only' : undefined}>{choice.title}</span>
            <Show when={choice.count !== undefined}>
              <span class="font-normal opacity-85">{choice.count}</span>
            </Show>
          </K.Item>
        )}
      </For>
    </K.Root>
  )
}
