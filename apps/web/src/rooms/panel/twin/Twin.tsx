/**
 * The picture in words, beside it: what is on it as a tree of rows to go to, choose and change, and how it is shown as sliders. Always there
 * for screen readers; seen while it has the focus, or for as long as somebody wants it.
 */
import X from 'lucide-solid/icons/x'
import { createEffect, createSignal, type JSX, on } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { LookSliders } from './LookSliders.tsx'
import { TwinTree } from './TwinTree.tsx'

/** Where one who opens it goes on: the rows, or where there are none the sliders. */
const FIRST = ['[role=row][tabindex="0"]', '[role=slider]'] as const

export function Twin(): JSX.Element {
  const { twin, stage } = useDesk()
  const [hasFocus, setFocus] = createSignal(false)
  let section: HTMLElement | undefined
  const first = (): HTMLElement | null | undefined =>
    FIRST.map((what) => section?.querySelector<HTMLElement>(what)).find(Boolean)
  createEffect(on(twin.isOpen, (open) => open && first()?.focus(), { defer: true }))
  const isSeen = () => twin.isOpen() || hasFocus()
  return (
    <section
      ref={(element) => {
        section = element
      }}
      aria-label="Picture in words"
      data-testid="twin"
      onFocusIn={() => setFocus(true)}
      onFocusOut={(event) =>
        setFocus(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))
      }
      class={
        isSeen()
          ? 'absolute inset-y-0 left-0 z-20 flex w-96 max-w-full flex-col gap-3 overflow-y-auto border-r border-line2 bg-s1 p-3 shadow-float'
          : 'sr-only'
      }
    >
      <div class="flex items-center justify-between gap-2">
        <h2 class="text-14 font-semibold text-t1">Picture in words</h2>
        <IconButton
          icon={X}
          label="Close"
          size="small"
          onClick={() => {
            twin.setOpen(false)
            stage()?.focus()
          }}
        />
      </div>
      <LookSliders isSeen={isSeen()} />
      <TwinTree />
    </section>
  )
}
