/** Starts a project: a name, and the letters its case keys begin with. */
import { useNavigate } from '@solidjs/router'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { explain, isRefusal } from '../../errors.ts'
import { Banner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { Field } from '../../parts/Field.tsx'
import { keys } from '../../queries.ts'
import { suggestKey } from './suggestKey.ts'

export function NewProject(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [title, setTitle] = createSignal('')
  const [typedKey, setTypedKey] = createSignal<string | null>(null)
  const key = () => typedKey() ?? suggestKey(title())
  const create = useMutation(() => ({
    mutationFn: () => api.newProject({ title: title().trim(), key: key() }),
    onSuccess: async (project) => {
      await client.invalidateQueries({ queryKey: keys.projects })
      props.onClose()
      setTitle('')
      setTypedKey(null)
      navigate(`/projects/${project.id}`)
    },
  }))
  const ready = () => title().trim() !== '' && /^[A-Z]{2,6}$/.test(key())
  const faultOf = (field: string) =>
    isRefusal(create.error) && create.error.field === field ? create.error.message : undefined
  const submit = (event: Event) => {
    event.preventDefault()
    if (ready()) create.mutate()
  }
  return (
    <Dialog
      open={props.open}
      onClose={() => props.onClose()}
      title="New project"
      description="Cases, members and labels belong to a project."
      actions={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button kind="primary" busy={create.isPending} disabled={!ready()} onClick={() => create.mutate()}>
            Create project
          </Button>
        </>
      }
    >
      <form class="flex flex-col gap-4" onSubmit={submit}>
        <Field label="Name" value={title()} onInput={setTitle} maxLength={128} fault={faultOf('title')} />
        <Field
          label="Letters of its case keys"
          value={key()}
          onInput={(text) => setTypedKey(text.toUpperCase())}
          maxLength={6}
          hint={`Two to six letters. The first case will be ${key() || 'AB'}-0001.`}
          fault={faultOf('key')}
        />
        <Show when={create.error && !faultOf('title') && !faultOf('key')}>
          <Banner tone="bad" shape="card" urgent>
            {explain(create.error).message} {explain(create.error).next}
          </Banner>
        </Show>
        <button type="submit" hidden aria-hidden="true" tabindex="-1" />
      </form>
    </Dialog>
  )
}
