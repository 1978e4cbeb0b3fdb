/** One of a list. Opens below; letters jump to an entry; each may carry a drawing (a swatch, an icon) and a key. */
import * as K from '@kobalte/core/select'
import Check from 'lucide-solid/icons/check'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createComputed, createMemo, createSignal, type JSX, on, Show } from 'solid-js'
import { Kbd } from './Kbd.tsx'

export interface Option<T extends string> {
  readonly value: T
  readonly title: string
  readonly before?: () => JSX.Element
  readonly hint?: string
  readonly disabled?: boolean
  /** Belongs to the entry above. */
  readonly under?: boolean
}

interface SelectProps<T extends string> {
  readonly label: string
  readonly bare?: boolean
  readonly options: readonly Option<T>[]
  readonly value: T | null
  readonly onChange: (value: T) => void
  readonly placeholder?: string
  readonly size?: 'bar' | 'normal'
  readonly disabled?: boolean
  /** filled: as in tool bars, on s3 without a border. */
  readonly look?: 'field' | 'filled'
  /** Of one that this makes a container, the key gives way to the title where there is little room. */
  readonly class?: string
}

export function Select<T extends string>(props: SelectProps<T>): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const options = createMemo(() => [...props.options])
  let list: HTMLElement | undefined
  // When its entries are made anew it tells what it shows as if that had been chosen, at once, and would close. Nobody chose it. The entry
  // that keys were meant for is gone then: the list takes them.
  let isAnew = false
  createComputed(
    on(
      options,
      () => {
        isAnew = true
        queueMicrotask(() => {
          isAnew = false
          if (isOpen() && !list?.contains(document.activeElement)) list?.focus({ preventScroll: true })
        })
      },
      { defer: true },
    ),
  )
  const current = () => props.options.find((option) => option.value === props.value) ?? null
  const surface = () =>
    props.look === 'filled' ? 'border-transparent bg-s3 hover:bg-s4' : 'border-ctl bg-s1 hover:border-t3'
  return (
    <K.Root<Option<T>>
      options={options()}
      optionValue="value"
      optionTextValue="title"
      optionDisabled="disabled"
      value={current()}
      open={isOpen()}
      onOpenChange={setOpen}
      closeOnSelection={false}
      onChange={(option) => {
        if (isAnew) return
        setOpen(false)
        if (option && option.value !== props.value) props.onChange(option.value)
      }}
      disallowEmptySelection
      disabled={props.disabled}
      placeholder={<span class="truncate text-t3">{props.placeholder ?? 'Choose'}</span>}
      gutter={4}
      placement="bottom-start"
      class={`flex min-w-0 flex-col gap-1 ${props.class ?? ''}`}
      itemComponent={(item) => (
        <K.Item
          item={item.item}
          class={`flex min-h-7 cursor-default items-center gap-2 rounded-letter pr-2 text-13 text-t1 outline-none data-disabled:opacity-45 data-highlighted:bg-s4 ${item.item.rawValue.under ? 'pl-6' : 'pl-2'}`}
        >
          {item.item.rawValue.before?.()}
          <K.ItemLabel class="min-w-0 flex-1 truncate">{item.item.rawValue.title}</K.ItemLabel>
          <Show when={item.item.rawValue.hint}>{(hint) => <Kbd>{hint()}</Kbd>}</Show>
          <K.ItemIndicator>
            <Check size={14} aria-hidden="true" />
          </K.ItemIndicator>
        </K.Item>
      )}
    >
      <K.Label class={props.bare ? 'sr-only' : 'text-12 font-medium text-t2'}>{props.label}</K.Label>
      <K.Trigger
        class={`flex w-full items-center gap-2 rounded-control border px-2.5 text-t1 transition-colors disabled:opacity-60 ${surface()} ${props.size === 'bar' ? 'h-7 text-12' : 'h-8 text-13'}`}
      >
        <K.Value<Option<T>> class="flex min-w-0 flex-1 items-center gap-2 text-left font-medium">
          {(state) => (
            <>
              {state.selectedOption()?.before?.()}
              <span class="truncate">{state.selectedOption()?.title}</span>
              <Show when={state.selectedOption()?.hint}>
                {(hint) => (
                  <span class="@max-[10rem]:hidden">
                    <Kbd>{hint()}</Kbd>
                  </span>
                )}
              </Show>
            </>
          )}
        </K.Value>
        <K.Icon class="flex text-t3">
          <ChevronDown size={14} aria-hidden="true" />
        </K.Icon>
      </K.Trigger>
      <K.Portal>
        <K.Content class="appear z-50 overflow-hidden rounded-tile border border-line2 bg-s2 shadow-float">
          <K.Listbox
            ref={(element: HTMLElement) => {
              list = element
            }}
            class="flex max-h-80 flex-col gap-px overflow-y-auto p-1 outline-none"
          />
        </K.Content>
      </K.Portal>
    </K.Root>
  )
}
