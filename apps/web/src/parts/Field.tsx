/** One line, or several, of text: with its name above, a hint or a fault below. The name may be hidden, never left out. */
import * as K from '@kobalte/core/text-field'
import { type ComponentProps, children, type JSX, Show, splitProps } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { type Icon, strokeOf } from './icon.ts'

interface Common {
  readonly label: string
  /** Shows no name above; it stays for screen readers. */
  readonly bare?: boolean
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: JSX.Element
  /** One sentence: what is wrong and what to do. */
  readonly fault?: string | undefined
  readonly disabled?: boolean
  readonly readOnly?: boolean
  readonly required?: boolean
  /** At the right of the name, e.g. "required" or a link. */
  readonly aside?: JSX.Element
}
const COMMON = [
  'label',
  'bare',
  'value',
  'onInput',
  'hint',
  'fault',
  'disabled',
  'readOnly',
  'required',
  'aside',
] as const

const BOX =
  'w-full rounded-control border bg-s1 text-t1 placeholder:text-t3 transition-colors hover:border-t3 disabled:opacity-60 focus-visible:outline-offset-1'

const edge = (fault: string | undefined): string => (fault ? 'border-bad' : 'border-ctl')

function Frame(props: Common & { readonly children: JSX.Element }): JSX.Element {
  return (
    <K.Root
      value={props.value}
      onChange={props.onInput}
      validationState={props.fault ? 'invalid' : 'valid'}
      disabled={props.disabled}
      readOnly={props.readOnly}
      required={props.required}
      class="flex min-w-0 flex-col gap-1"
    >
      <div class={props.bare ? 'sr-only' : 'flex items-baseline justify-between gap-2'}>
        <K.Label class="text-12 font-medium text-t2">{props.label}</K.Label>
        <Show when={props.aside}>
          <span class="text-12 text-t3">{props.aside}</span>
        </Show>
      </div>
      {props.children}
      <Show when={props.hint && !props.fault}>
        <K.Description class="text-12 text-t3">{props.hint}</K.Description>
      </Show>
      <K.ErrorMessage class="text-12 text-bad">{props.fault}</K.ErrorMessage>
    </K.Root>
  )
}

interface FieldProps extends Common {
  readonly size?: 'bar' | 'normal' | 'tall'
  readonly icon?: Icon
  /** Inside the box, at its right end. */
  readonly end?: JSX.Element
}

const HEIGHTS = { bar: 'h-7 text-12', normal: 'h-8 text-13', tall: 'h-10 text-14' }

export function Field(
  props: FieldProps & Omit<ComponentProps<'input'>, keyof FieldProps | 'onChange'>,
): JSX.Element {
  const [common, own, rest] = splitProps(props, COMMON, ['size', 'icon', 'end', 'class'])
  const end = children(() => own.end)
  const hasEnd = () => end.toArray().some(Boolean)
  return (
    <Frame {...common}>
      <div class="relative">
        <Show when={own.icon}>
          {(icon) => (
            <span class="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-t3">
              <Dynamic component={icon()} size={14} strokeWidth={strokeOf(14)} aria-hidden="true" />
            </span>
          )}
        </Show>
        <K.Input
          {...rest}
          class={`${BOX} ${edge(common.fault)} ${HEIGHTS[own.size ?? 'normal']} ${own.icon ? 'pl-8' : 'pl-2.5'} ${hasEnd() ? 'pr-10' : 'pr-2.5'} ${own.class ?? ''}`}
        />
        <Show when={hasEnd()}>
          <span class="absolute inset-y-0 right-1.5 flex items-center">{end()}</span>
        </Show>
      </div>
    </Frame>
  )
}

export function TextArea(
  props: Common & Omit<ComponentProps<'textarea'>, keyof Common | 'onChange'>,
): JSX.Element {
  const [common, own, rest] = splitProps(props, COMMON, ['class'])
  return (
    <Frame {...common}>
      <K.TextArea
        autoResize
        rows={3}
        {...rest}
        class={`${BOX} ${edge(common.fault)} resize-none px-2.5 py-1.5 text-13 ${own.class ?? ''}`}
      />
    </Frame>
  )
}
