/** What can be done here, behind one button. Arrow keys and first letters move in it, Esc leaves. */
import * as K from '@kobalte/core/dropdown-menu'
import { For, type JSX, Show, type ValidComponent } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type Icon, strokeOf } from './icon.ts'
import { Kbd } from './Kbd.tsx'

export interface MenuItem {
  readonly title: string
  /** Second line. */
  readonly detail?: string
  readonly icon?: Icon
  readonly before?: () => JSX.Element
  readonly hint?: string
  readonly tone?: 'bad'
  readonly disabled?: boolean
  /** A line above it. */
  readonly apart?: boolean
  readonly current?: boolean
  readonly onSelect: () => void
}

interface MenuProps {
  readonly items: readonly MenuItem[]
  /** What opens it: a component that passes its props on to a button, e.g. `(p) => <IconButton {...p} …/>`. */
  readonly trigger: ValidComponent
  readonly placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'right-start'
  /** As wide as what opens it, at least. */
  readonly sameWidth?: boolean
  /** Where the focus goes after something was chosen; else back to what opened it. */
  readonly focusAfter?: () => HTMLElement | null
}

export function Menu(props: MenuProps): JSX.Element {
  let chosen = false
  return (
    <K.Root
      placement={props.placement ?? 'bottom-start'}
      gutter={4}
      sameWidth={props.sameWidth}
      modal={false}
    >
      <K.Trigger as={props.trigger} />
      <K.Portal>
        <K.Content
          onCloseAutoFocus={() => {
            const next = chosen ? (props.focusAfter?.() ?? null) : null
            chosen = false
            // The menu gives the focus back to what opened it, whatever is asked of it here; after that it is ours.
            if (next) requestAnimationFrame(() => next.focus())
          }}
          class="appear z-50 flex max-h-[min(40rem,72vh)] min-w-44 flex-col gap-px overflow-y-auto rounded-tile border border-line2 bg-s2 p-1 shadow-float outline-none"
        >
          <For each={props.items}>
            {(item) => (
              <>
                <Show when={item.apart}>
                  <K.Separator class="my-1 border-line2" />
                </Show>
                <K.Item
                  onSelect={() => {
                    chosen = true
                    item.onSelect()
                  }}
                  disabled={item.disabled}
                  textValue={item.title}
                  class={`flex min-h-8 shrink-0 cursor-default items-center gap-2.5 rounded-letter px-2 py-1 text-13 outline-none data-disabled:opacity-45 data-highlighted:bg-s4 ${item.tone === 'bad' ? 'text-bad' : 'text-t1'} ${item.current ? 'bg-s3 shadow-[inset_2px_0_var(--color-bone)]' : ''}`}
                >
                  {item.before?.()}
                  <Show when={item.icon}>
                    {(icon) => (
                      <Dynamic component={icon()} size={16} strokeWidth={strokeOf(16)} aria-hidden="true" />
                    )}
                  </Show>
                  <span class="flex min-w-0 flex-1 flex-col">
                    <span class="truncate">{item.title}</span>
                    <Show when={item.detail}>
                      <span class="truncate text-12 text-t2">{item.detail}</span>
                    </Show>
                  </span>
                  <Show when={item.hint}>{(hint) => <Kbd>{hint()}</Kbd>}</Show>
                </K.Item>
              </>
            )}
          </For>
        </K.Content>
      </K.Portal>
    </K.Root>
  )
}
