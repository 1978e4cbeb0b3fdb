/**
 * A question that must be answered before going on. Focus stays inside and goes back to where it was; Esc and the cross leave it
 * unanswered.
 */
import * as K from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import { type JSX, Show } from 'solid-js'
import { IconButton } from './Button.tsx'
import { Slot } from './Slot.tsx'

const WIDTHS = { normal: 'max-w-md', wide: 'max-w-2xl', full: 'max-w-6xl' }

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: JSX.Element
  readonly children?: JSX.Element
  /** Buttons at the foot, the primary one last. */
  readonly actions?: JSX.Element
  readonly width?: keyof typeof WIDTHS
}

export function Dialog(props: DialogProps): JSX.Element {
  let content: HTMLElement | undefined
  let before: Element | null = null
  return (
    <K.Root
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <K.Portal>
        <K.Overlay class="fixed inset-0 z-40 bg-void/60" />
        <div class="fixed inset-0 z-50 flex items-center justify-center overflow-y-auto p-4">
          <K.Content
            ref={(element: HTMLElement) => {
              content = element
            }}
            onOpenAutoFocus={(event: Event) => {
              // What is to be filled in comes first, or what is said where there is nothing; never the cross.
              event.preventDefault()
              before = document.activeElement
              const first = content?.querySelector<HTMLElement>('input, textarea') ?? content
              first?.focus()
            }}
            onCloseAutoFocus={() => focusAgain(before)}
            class={`appear flex max-h-full w-full flex-col rounded-card border border-line2 bg-s2 shadow-float outline-none ${WIDTHS[props.width ?? 'normal']}`}
          >
            <div class="flex items-start gap-3 px-5 pt-4">
              <div class="min-w-0 flex-1">
                <K.Title class="text-14 font-semibold text-t1">{props.title}</K.Title>
                <Show when={props.description}>
                  <K.Description class="mt-1 text-13 text-t2">{props.description}</K.Description>
                </Show>
              </div>
              <IconButton icon={X} label="Close" size="bar" onClick={() => props.onClose()} />
            </div>
            <div class="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 py-4">{props.children}</div>
            <Slot class="flex justify-end gap-2 border-t border-line px-5 py-3">{props.actions}</Slot>
          </K.Content>
        </div>
      </K.Portal>
    </K.Root>
  )
}

/** Where what had it is gone, the main part of the page has it: never nothing. */
function focusAgain(before: Element | null): void {
  const place = before?.isConnected && before !== document.body ? before : document.querySelector('main')
  if (!(place instanceof HTMLElement)) return
  if (place.tabIndex < 0 && !place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}
