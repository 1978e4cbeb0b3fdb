/** Tabs of a side panel, 40 px high; each may carry a count and a dot for something unread. */
import * as K from '@kobalte/core/tabs'
import { For, type JSX, Show } from 'solid-js'

export interface Tab<T extends string> {
  readonly value: T
  readonly title: string
  readonly count?: number | string
  /** Something in it was not seen yet. */
  readonly unread?: boolean
}

interface TabsProps<T extends string> {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  /** Content of one tab; only the active one is made. */
  readonly children: (value: T) => JSX.Element
  readonly class?: string
}

export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  return (
    <K.Root
      value={props.value}
      onChange={(value) => props.onChange(value as T)}
      class={`flex min-h-0 flex-col ${props.class ?? ''}`}
    >
      <K.List
        aria-label={props.label}
        class="flex h-10 shrink-0 items-stretch gap-5 border-b border-line px-4 max-read:h-auto max-read:flex-wrap max-read:gap-x-4"
      >
        <For each={props.tabs}>
          {(tab) => (
            <K.Trigger
              value={tab.value}
              class="relative -mb-px inline-flex min-h-9 items-center gap-1.5 border-b-2 border-transparent text-13 font-medium text-t2 transition-colors hover:text-t1 focus-visible:outline-offset-[-2px] data-selected:border-bone data-selected:text-t1"
            >
              {tab.title}
              <Show when={tab.count !== undefined}>
                <span class="text-12 font-normal text-t3">{tab.count}</span>
              </Show>
              <Show when={tab.unread}>
                <span class="size-1.5 rounded-full bg-acc" role="img" aria-label="new" />
              </Show>
            </K.Trigger>
          )}
        </For>
      </K.List>
      <For each={props.tabs}>
        {(tab) => (
          <K.Content
            value={tab.value}
            class="flex min-h-0 flex-1 flex-col focus-visible:outline-offset-[-2px]"
          >
            {props.children(tab.value)}
          </K.Content>
        )}
      </For>
    </K.Root>
  )
}
