/**
 * Asks before a person is forgotten for good: says what goes and what stays, and wants their user name typed, so that nobody is forgotten
 * by a slip.
 */
import type { Person } from '@consilium/contract/people'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Field } from '../../parts/Field.tsx'

interface ForgetDialogProps {
  /** Null: nobody is asked about. */
  readonly person: Person | null
  readonly onClose: () => void
  readonly onForgotten: () => void
}

export function ForgetDialog(props: ForgetDialogProps): JSX.Element {
  const client = useQueryClient()
  const [typed, setTyped] = createSignal('')
  const forget = useMutation(() => ({
    mutationFn: (person: Person) => api.erasePerson(person.id, { login: typed() }),
    onSuccess: async () => {
      // Their name may stand in any list that was asked for before.
      await client.invalidateQueries()
      close()
      props.onForgotten()
    },
  }))
  const close = (): void => {
    setTyped('')
    forget.reset()
    props.onClose()
  }
  const isSure = () => typed() === props.person?.login
  const ask = (): void => {
    if (props.person && isSure()) forget.mutate(props.person)
  }
  return (
    <Dialog
      open={props.person !== null}
      onClose={close}
      title={`Forget ${props.person?.name ?? ''} for good?`}
      description="It cannot be taken back."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button tone="bad" busy={forget.isPending} disabled={!isSure()} onClick={ask}>
            Forget this person
          </Button>
        </>
      }
    >
      <Show when={props.person}>
        {(person) => (
          <form
            class="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              ask()
            }}
          >
            <dl class="grid grid-cols-[4rem_1fr] gap-x-3 gap-y-2 text-13">
              <dt class="font-medium text-t1">Goes</dt>
              <dd class="text-t2">
                Name, user name, password and qualification; their sessions and access tokens; and where they
                signed in from.
              </dd>
              <dt class="font-medium text-t1">Stays</dt>
              <dd class="text-t2">
                What they did stays in the record under “Erased person” and a number, with the role they had
                then. The record still verifies.
              </dd>
            </dl>
            <Field
              label={`Type the user name, ${person().login}, to go on`}
              value={typed()}
              onInput={setTyped}
              autocapitalize="none"
              autocomplete="off"
              spellcheck={false}
            />
            <FaultBanner error={forget.error} />
          </form>
        )}
      </Show>
    </Dialog>
  )
}
