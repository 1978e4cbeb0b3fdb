/** Every key of the room on one sheet, opened by `?`. The list of tools comes from the tools themselves. */
import { presetsFor } from '@consilium/viewer/window'
import { For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Dialog } from '../../parts/Dialog.tsx'
import { Kbd } from '../../parts/Kbd.tsx'
import { isTyping } from './keys.ts'
import { useDesk } from './state/desk.ts'
import { TOOLS } from './tools.ts'

interface Row {
  readonly keys: readonly string[]
  readonly words: string
}

const LOOKING: readonly Row[] = [
  { keys: ['Wheel', '↑', '↓'], words: 'Slice by slice' },
  { keys: ['Page Up', 'Page Down'], words: 'Ten slices' },
  { keys: ['Home', 'End'], words: 'First, last slice' },
  { keys: ['Shift', 'Wheel'], words: 'Moment by moment, where there are several' },
  { keys: ['←', '→'], words: 'The same' },
  { keys: ['C'], words: 'Play and pause through the moments' },
  { keys: ['+', '−', '='], words: 'Larger, smaller, fit' },
  { keys: ['Space'], words: 'Hold to pan' },
  { keys: ['W'], words: 'Hold to window' },
  { keys: ['I'], words: 'Invert greys' },
  { keys: ['Alt', '1–4'], words: 'One, two, three or four panes' },
  { keys: ['Shift', 'Move'], words: 'All panes show the place under the pointer' },
  { keys: ['Double click'], words: 'One pane alone; Esc brings all back' },
  { keys: ['Alt', '←', '→', '↑', '↓'], words: 'Turn the plane by 5°, with Shift by 1°' },
  { keys: ['O'], words: 'Who made what: point at a vertex, or at what is painted' },
  { keys: ['[', ']'], words: 'Then: the vertex before, the next one' },
]
const WORKING: readonly Row[] = [
  { keys: ['Shift', '1–9'], words: 'Label of the next annotation, or of the selected one' },
  { keys: ['P', 'U', 'A'], words: 'Present, uncertain, absent' },
  { keys: ['Enter'], words: 'Finish the shape' },
  { keys: ['Backspace'], words: 'Take back the last corner; delete the selected' },
  { keys: ['[', ']'], words: 'Smaller, larger brush' },
  { keys: ['Shift'], words: 'Erase with what paints' },
  { keys: ['Alt'], words: 'Take up the segment that lies there' },
  { keys: ['Ctrl', 'Z'], words: 'Undo your last act' },
  { keys: ['Ctrl', 'Shift', 'Z'], words: 'Redo' },
  { keys: ['Esc'], words: 'Leave the shape, following, the selection' },
  { keys: ['Ctrl', 'Enter'], words: 'Send what you wrote' },
]

const LINE: readonly Row[] = [
  { keys: ['T'], words: 'Open and close the timeline' },
  { keys: ['Space'], words: 'Play, pause' },
  { keys: ['Shift', 'Space'], words: 'Play backwards' },
  { keys: ['←', '→'], words: 'One act back, one on' },
  { keys: [',', '.'], words: 'One revision back, one on' },
  { keys: ['Shift', '←', '→'], words: 'Changes of the selected annotation' },
  { keys: ['Home', 'End'], words: 'The beginning, now' },
  { keys: ['X'], words: 'While comparing: one moment, then the other' },
  { keys: ['Esc'], words: 'End comparing, back to now' },
]

function Sheet(props: { readonly title: string; readonly rows: readonly Row[] }): JSX.Element {
  return (
    <section>
      <h3 class="mb-1.5 text-12 font-medium text-t3">{props.title}</h3>
      <ul class="flex flex-col gap-1">
        <For each={props.rows}>
          {(row) => (
            <li class="flex items-start justify-between gap-3 text-12 text-t1">
              <span class="py-px">{row.words}</span>
              <span class="flex shrink-0 gap-1">
                <For each={row.keys}>{(key) => <Kbd>{key}</Kbd>}</For>
              </span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

export function Shortcuts(props: {
  readonly open: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}): JSX.Element {
  const { series } = useDesk()
  const presets = (): readonly Row[] =>
    presetsFor(series.current()).map((preset) => ({ keys: [preset.key], words: preset.name }))
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== '?' || isTyping(event)) return
    event.preventDefault()
    props.onOpen()
  }
  onMount(() => window.addEventListener('keydown', onKey))
  onCleanup(() => window.removeEventListener('keydown', onKey))
  return (
    <Dialog open={props.open} onClose={() => props.onClose()} title="Shortcuts" width="wide">
      <div class="grid grid-cols-2 gap-x-8 gap-y-5">
        <Sheet title="Looking" rows={LOOKING} />
        <Sheet title="Working" rows={WORKING} />
        <Sheet
          title="Tools"
          rows={TOOLS.map((tool) => ({ keys: [tool.key.toUpperCase()], words: tool.title }))}
        />
        <Show when={presets().length > 0}>
          <Sheet title="Window presets" rows={presets()} />
        </Show>
        <Sheet title="Timeline, while it is open" rows={LINE} />
      </div>
    </Dialog>
  )
}
