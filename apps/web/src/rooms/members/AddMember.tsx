/** Brings a person into a project: one who has an account already, or a new one made here. For administrators. */
import { ROLES, type Role } from '@consilium/crdt-schema/roles'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { capital } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { Select } from '../../parts/Select.tsx'
import { keys, usePeople } from '../../queries.ts'
import { AccountFields, createAccountForm, hasOwnField } from '../people/AccountFields.tsx'

interface AddMemberProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly project: string
  /** Ids of those who belong to it already. */
  readonly present: readonly string[]
}

export function AddMember(props: AddMemberProps): JSX.Element {
  const client = useQueryClient()
  const people = usePeople(() => props.open)
  const [from, setFrom] = createSignal<'known' | 'new'>('known')
  const [person, setPerson] = createSignal<string | null>(null)
  const [role, setRole] = createSignal<Role>('reader')
  const account = createAccountForm()
  const others = () => (people.data ?? []).filter((one) => !props.present.includes(one.id))
  const source = () => (others().length === 0 ? 'new' : from())
  const ready = () => (source() === 'known' ? person() !== null : account.isReady())

  const add = useMutation(() => ({
    mutationFn: async () => {
      const made = source() === 'known' ? person() : (await api.newPerson(account.value())).id
      if (made !== null) await api.setMember(props.project, made, role())
    },
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.members(props.project) }),
        client.invalidateQueries({ queryKey: keys.people }),
      ])
      close()
    },
  }))
  const close = () => {
    props.onClose()
    account.clear()
    setPerson(null)
    add.reset()
  }

  return (
    <Dialog
      open={props.open}
      onClose={close}
      title="Add a person"
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" busy={add.isPending} disabled={!ready()} onClick={() => add.mutate()}>
            {source() === 'known' ? 'Add to the project' : 'Create and add'}
          </Button>
        </>
      }
    >
      <Show when={others().length > 0}>
        <Segmented
          label="Who"
          wide
          value={from()}
          onChange={setFrom}
          choices={[
            { value: 'known', title: 'Has an account' },
            { value: 'new', title: 'New account' },
          ]}
        />
      </Show>
      <Show when={source() === 'known'} fallback={<AccountFields account={account} error={add.error} />}>
        <Select
          label="Person"
          value={person()}
          onChange={setPerson}
          placeholder="Choose a person"
          options={others().map((one) => ({ value: one.id, title: one.name }))}
        />
      </Show>
      <Select
        label="Role in this project"
        value={role()}
        onChange={setRole}
        options={ROLES.map((one) => ({ value: one, title: capital(one) }))}
      />
      <FaultBanner error={hasOwnField(add.error) ? null : add.error} />
    </Dialog>
  )
}
