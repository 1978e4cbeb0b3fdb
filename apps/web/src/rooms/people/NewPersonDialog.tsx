/** Makes an account. Into which projects, and in which role, is decided there. */
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import type { JSX } from 'solid-js'
import { api } from '../../api.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { keys } from '../../queries.ts'
import { AccountFields, createAccountForm, hasOwnField } from './AccountFields.tsx'

export function NewPersonDialog(props: {
  readonly open: boolean
  readonly onClose: () => void
}): JSX.Element {
  const client = useQueryClient()
  const account = createAccountForm()
  const make = useMutation(() => ({
    mutationFn: () => api.newPerson(account.value()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.people })
      close()
    },
  }))
  const close = (): void => {
    props.onClose()
    account.clear()
    make.reset()
  }
  return (
    <Dialog
      open={props.open}
      onClose={close}
      title="New account"
      description="They belong to no project yet: bring them in from the project's members."
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            kind="primary"
            busy={make.isPending}
            disabled={!account.isReady()}
            onClick={() => make.mutate()}
          >
            Make the account
          </Button>
        </>
      }
    >
      <AccountFields account={account} error={make.error} />
      <FaultBanner error={hasOwnField(make.error) ? null : make.error} />
    </Dialog>
  )
}
