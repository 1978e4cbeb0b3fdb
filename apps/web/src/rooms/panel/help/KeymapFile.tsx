/** The keymap as a file of this person's computer, out and in again. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { download } from '../../../session/keptFile.ts'
import { COMMANDS } from '../commands/all.ts'
import { keymapText, readKeymap } from '../commands/keymapFile.ts'
import { useDesk } from '../state/desk.ts'

export function KeymapFile(): JSX.Element {
  const { keymap } = useDesk()
  const [faults, setFaults] = createSignal<readonly string[]>([])
  const [done, setDone] = createSignal('')
  let input: HTMLInputElement | undefined
  const bringIn = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const read = readKeymap(await file.text(), COMMANDS)
    setFaults('faults' in read ? read.faults : [])
    setDone('keymap' in read ? `The keys of ${file.name} are yours now.` : '')
    if ('keymap' in read) keymap.setKeymap(read.keymap)
  }
  return (
    <div class="flex flex-col gap-1.5">
      <div class="flex gap-2">
        <Button
          kind="outline"
          onClick={() => download({ name: 'consilium-keys.json', text: keymapText(keymap.keymap()) })}
        >
          Export
        </Button>
        <Button kind="outline" onClick={() => input?.click()}>
          Import
        </Button>
        <input
          ref={(element) => {
            input = element
          }}
          type="file"
          accept="application/json,.json"
          aria-label="A keymap to import"
          tabIndex={-1}
          class="sr-only"
          onChange={(event) => {
            void bringIn(event.currentTarget.files?.[0])
            // The same file, mended, may be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </div>
      <Show when={faults().length > 0}>
        <ul role="alert" class="max-w-96 text-12 text-bad">
          <For each={faults()}>{(fault) => <li>{fault}</li>}</For>
        </ul>
      </Show>
      <p role="status" class="max-w-96 text-12 text-ok">
        {done()}
      </p>
    </div>
  )
}
