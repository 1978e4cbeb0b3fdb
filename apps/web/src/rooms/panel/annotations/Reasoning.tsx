/** The reasons for one annotation. Kept when the writer pauses or leaves; others' words come in while one is not writing. */
import { setReasoning } from '@consilium/crdt-schema/acts'
import { TEXT_LIMITS } from '@consilium/crdt-schema/discussion'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { createEffect, createSignal, type JSX, on, onCleanup, untrack } from 'solid-js'
import { TextArea } from '../../../parts/Field.tsx'
import { SaidMenu } from '../discussion/SaidMenu.tsx'
import { useDesk } from '../state/desk.ts'

/** How long a writer's pause is, ms. */
const PAUSE_MS = 900

export function Reasoning(props: {
  readonly id: EntryKey
  readonly text: string
  readonly locked: boolean
}): JSX.Element {
  const desk = useDesk()
  const field = `reasoning ${untrack(() => props.id)}`
  const kept = desk.typed.get(field)
  const [text, setText] = createSignal(kept || untrack(() => props.text))
  const [writing, setWriting] = createSignal(kept !== '')
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = (): void => {
    clearTimeout(timer)
    if (!writing()) return
    setWriting(false)
    const id = props.id
    const value = text()
    desk.act(setReasoning, id, value)
    desk.typed.set(field, '')
  }
  createEffect(
    on(
      () => props.text,
      (theirs) => {
        if (!writing()) setText(theirs)
      },
      { defer: true },
    ),
  )
  // Left there by a page that was closed before the pause was over.
  if (kept !== '') timer = setTimeout(keep, PAUSE_MS)
  onCleanup(keep)

  return (
    <div class="flex items-start gap-1">
      <div class="min-w-0 flex-1">
        <TextArea
          bare
          label="Reasoning"
          value={text()}
          readOnly={props.locked}
          placeholder={props.locked ? 'Nothing written' : 'Why you think so'}
          maxLength={TEXT_LIMITS.reasoning}
          rows={2}
          class="field-sizing-content"
          onInput={(value) => {
            setWriting(true)
            setText(value)
            desk.typed.set(field, value)
            clearTimeout(timer)
            timer = setTimeout(keep, PAUSE_MS)
          }}
          onBlur={keep}
        />
      </div>
      <SaidMenu
        place={{ root: 'annotations', id: props.id, field: 'reasoning' }}
        text={props.text}
        label="reasoning"
      />
    </div>
  )
}
