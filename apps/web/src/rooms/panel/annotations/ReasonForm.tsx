/** A reason, asked for in place; may be left empty where the record allows it. Esc and Cancel leave it. */
import { TEXT_LIMITS } from '@consilium/crdt-schema/discussion'
import { type JSX, onMount, untrack } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { TextArea } from '../../../parts/Field.tsx'
import { createTyping } from '../state/typing.ts'

interface ReasonFormProps {
  readonly label: string
  readonly action: string
  readonly required?: boolean
  readonly placeholder?: string
  /** What it is called among the words kept until they are sent. */
  readonly keep: string
  readonly onDone: (reason: string) => void
  readonly onCancel: () => void
}

export function ReasonForm(props: ReasonFormProps): JSX.Element {
  const { text: reason, setText: setReason, done } = createTyping(untrack(() => props.keep))
  let form: HTMLFormElement | undefined
  const ready = () => !props.required || reason().trim() !== ''
  const send = (): void => {
    if (!ready()) return
    const said = reason().trim()
    done()
    props.onDone(said)
  }
  const cancel = (): void => {
    done()
    props.onCancel()
  }
  onMount(() => form?.querySelector('textarea')?.focus())
  return (
    <form
      ref={(element) => {
        form = element
      }}
      class="flex flex-col gap-2 rounded-tile bg-s3 p-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          cancel()
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
      }}
    >
      <TextArea
        label={props.label}
        value={reason()}
        onInput={setReason}
        rows={2}
        maxLength={TEXT_LIMITS.reason}
        placeholder={props.placeholder}
      />
      <div class="flex justify-end gap-2">
        <Button size="bar" kind="quiet" onClick={cancel}>
          Cancel
        </Button>
        <Button size="bar" kind="primary" type="submit" disabled={!ready()}>
          {props.action}
        </Button>
      </div>
    </form>
  )
}
