/** Where one writes to the others: Ctrl+Enter sends, Esc leaves an empty one. What is not sent stays, also when the page is closed. */
import { TEXT_LIMITS } from '@consilium/crdt-schema/discussion'
import { type JSX, onMount, Show, untrack } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { TextArea } from '../../../parts/Field.tsx'
import { createTyping } from '../state/typing.ts'

interface ComposerProps {
  readonly label: string
  readonly placeholder: string
  readonly action: string
  readonly focus?: boolean
  /** What it is called among the words kept until they are sent. */
  readonly keep: string
  /** False where it was not sent. */
  readonly onSend: (text: string) => boolean
  readonly onCancel?: () => void
  /** Buttons at the left of the action. */
  readonly children?: JSX.Element
}

export function Composer(props: ComposerProps): JSX.Element {
  const { text, setText, done } = createTyping(untrack(() => props.keep))
  let form: HTMLFormElement | undefined
  const empty = () => text().trim() === ''
  const send = (): void => {
    if (!empty() && props.onSend(text().trim())) done()
  }
  onMount(() => props.focus && queueMicrotask(() => form?.querySelector('textarea')?.focus()))
  return (
    <form
      ref={(element) => {
        form = element
      }}
      class="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          send()
        }
        if (event.key === 'Escape' && empty()) props.onCancel?.()
      }}
    >
      <TextArea
        bare
        label={props.label}
        placeholder={props.placeholder}
        value={text()}
        onInput={setText}
        rows={2}
        maxLength={TEXT_LIMITS.comment}
      />
      <div class="flex items-center gap-2">
        {props.children}
        <span class="ml-auto flex gap-2">
          <Show when={props.onCancel}>
            {(cancel) => (
              <Button
                size="bar"
                kind="quiet"
                onClick={() => {
                  done()
                  cancel()()
                }}
              >
                Cancel
              </Button>
            )}
          </Show>
          <Button
            size="bar"
            type="submit"
            kind={empty() ? 'secondary' : 'primary'}
            disabled={empty()}
            aria-keyshortcuts="Control+Enter"
          >
            {props.action}
          </Button>
        </span>
      </div>
    </form>
  )
}
