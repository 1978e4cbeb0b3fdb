/**
 * A few words beside what the pointer or the focus rests on. Never the only place where something is said:
 * what it names is also the accessible name or a description.
 * `<Tooltip as="button" text="Undo" hint="Ctrl+Z" onClick={…}>…</Tooltip>`; a span where `as` is left out.
 */
import * as K from '@kobalte/core/tooltip'
import { type ComponentProps, createSignal, type JSX, Show, splitProps, type ValidComponent } from 'solid-js'
import { Kbd } from './Kbd.tsx'

interface TooltipProps {
  readonly text: JSX.Element
  /** Key that does the same. */
  readonly hint?: string
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly children?: JSX.Element
}

export function Tooltip<T extends ValidComponent = 'span'>(
  props: TooltipProps & { readonly as?: T } & Omit<ComponentProps<T>, keyof TooltipProps | 'as'>,
): JSX.Element {
  const [own, rest] = splitProps(props as TooltipProps & { as?: ValidComponent }, [
    'text',
    'hint',
    'side',
    'as',
    'children',
  ])
  const [isOpen, setOpen] = createSignal(false)
  /** What is told of would lie over the menu that it has opened. */
  const hasMenuOpen = () => {
    const { 'aria-haspopup': menu, 'aria-expanded': expanded } = rest as JSX.AriaAttributes
    return Boolean(menu && expanded)
  }
  return (
    <K.Root
      open={isOpen() && !hasMenuOpen()}
      onOpenChange={setOpen}
      openDelay={500}
      closeDelay={0}
      skipDelayDuration={200}
      placement={own.side ?? 'bottom'}
      gutter={6}
    >
      <K.Trigger as={own.as ?? 'span'} {...rest}>
        {own.children}
      </K.Trigger>
      <K.Portal>
        <K.Content class="appear pointer-events-none! z-50 flex max-w-72 items-center gap-2 rounded-control border border-line2 bg-s2 px-2 py-1 text-12 text-t1 shadow-float">
          {own.text}
          <Show when={own.hint}>{(hint) => <Kbd>{hint()}</Kbd>}</Show>
        </K.Content>
      </K.Portal>
    </K.Root>
  )
}
