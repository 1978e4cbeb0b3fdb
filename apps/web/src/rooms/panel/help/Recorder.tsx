/** Takes the next keys that are pressed, whatever they do otherwise. Tab still moves on, Esc leaves all as it was. */
import { type JSX, onCleanup, onMount } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { type Chord, chordsOf } from '../commands/chords.ts'

interface RecorderProps {
  readonly of: string
  readonly onKeys: (chord: Chord) => void
  readonly onNone: () => void
  readonly onCancel: () => void
}

export function Recorder(props: RecorderProps): JSX.Element {
  let box: HTMLDivElement | undefined
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return
    // Before the dialog hears it: Esc would close it, Enter press a button.
    event.preventDefault()
    event.stopPropagation()
    const [chord] = chordsOf(event)
    if (chord === 'Escape') props.onCancel()
    else if (chord !== undefined) props.onKeys(chord)
  }
  onMount(() => {
    box?.addEventListener('keydown', onKey)
    box?.focus()
  })
  onCleanup(() => box?.removeEventListener('keydown', onKey))
  return (
    <>
      <Button size="bar" kind="quiet" onClick={() => props.onNone()}>
        No key
      </Button>
      <div
        ref={(element) => {
          box = element
        }}
        role="textbox"
        aria-readonly="true"
        tabIndex={0}
        aria-label={`Press the keys for ${props.of}; Esc leaves them as they are`}
        class="flex min-h-6 items-center rounded-control border border-acc px-2 text-12 text-acc"
      >
        Press the keys
      </div>
    </>
  )
}
