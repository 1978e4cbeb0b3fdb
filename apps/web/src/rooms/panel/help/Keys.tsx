/** The keys of a command, as on a keyboard. */
import { For, type JSX, Show } from 'solid-js'
import { Kbd } from '../../../parts/Kbd.tsx'
import type { Chord } from '../commands/chords.ts'
import { keyWords } from '../commands/keyWords.ts'

export function Keys(props: { readonly chords: readonly Chord[] }): JSX.Element {
  return (
    <span class="flex shrink-0 flex-wrap items-center justify-end gap-1">
      <For each={props.chords}>
        {(chord, index) => (
          <>
            <Show when={index() > 0}>
              <span class="text-11 text-t3">or</span>
            </Show>
            <For each={keyWords(chord)}>{(word) => <Kbd>{word}</Kbd>}</For>
          </>
        )}
      </For>
    </span>
  )
}
