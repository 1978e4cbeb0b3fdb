/** What the server did not keep, in plain words, to be read and copied before it is let go. */

import Copy from 'lucide-solid/icons/copy'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import type { Lost } from '../../session/link.ts'
import { refusalWords } from '../../session/saveState.ts'
import { useDesk } from './state/desk.ts'
import { type LostWords, lostWords } from './state/lostWords.ts'

export function LostDialog(props: {
  readonly open: boolean
  readonly onClose: () => void
  readonly lost: Lost
}): JSX.Element {
  const { document, labelTitle } = useDesk()
  const [copied, setCopied] = createSignal(false)
  const rows = (): readonly LostWords[] => props.lost.changes.map((change) => lostWords(change, labelTitle))
  const text = () =>
    [
      refusalWords(props.lost.refusal),
      ...rows().map((row) => [row.title, ...row.lines.map((line) => `  ${line}`)].join('\n')),
      JSON.stringify(props.lost.changes, null, 1),
    ].join('\n')
  const copy = async () => {
    await navigator.clipboard.writeText(text())
    setCopied(true)
  }
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="Not kept"
      description={refusalWords(props.lost.refusal)}
      actions={
        <>
          <Button icon={Copy} onClick={() => void copy()}>
            {copied() ? 'Copied' : 'Copy everything'}
          </Button>
          <Button
            kind="primary"
            onClick={() => {
              props.onClose()
              void document.link.dismissLost()
            }}
          >
            I have seen it
          </Button>
        </>
      }
    >
      <p class="text-12 text-t2">
        The case on the screen is again as the server has it. Make these changes anew if they are still
        wanted.
      </p>
      <ul class="flex flex-col gap-2">
        <For each={rows()}>
          {(row) => (
            <li class="rounded-tile bg-s3 px-3 py-2">
              <p class="text-13 font-medium text-t1">{row.title}</p>
              <For each={row.lines}>{(line) => <p class="text-12 text-t2">{line}</p>}</For>
            </li>
          )}
        </For>
      </ul>
      <Show when={rows().length === 0}>
        <p class="text-13 text-t2">Nothing on this page differs from what the server has.</p>
      </Show>
    </Dialog>
  )
}
