/** Who belongs to a project, in which role. Managers change roles; administrators also bring people in. */
import { colourOfPerson } from '@consilium/contract/colour'
import { ROLES, type Role } from '@consilium/crdt-schema/roles'
import { useParams } from '@solidjs/router'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import UserMinus from 'lucide-solid/icons/user-minus'
import UserPlus from 'lucide-solid/icons/user-plus'
import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { api } from '../../api.ts'
import { isRefusal } from '../../errors.ts'
import { capital, count } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { Select } from '../../parts/Select.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { keys, useMe, useMembers, useProjects } from '../../queries.ts'
import { mayIn } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { AddMember } from './AddMember.tsx'

/** One line on what a role may do, for whoever chooses it. */
export const ROLE_MEANS: Record<Role, string> = {
  observer: 'Sees everything, changes nothing',
  reader: 'Annotates, comments, disputes',
  adjudicator: 'Also settles disputes and imports',
  manager: 'Runs the project, does not annotate',
  auditor: 'Reads everything, the trail too',
  model: 'A program that suggests',
}

export default function Members(): JSX.Element {
  const params = useParams<{ project: string }>()
  const me = useMe()
  const projects = useProjects()
  const members = useMembers(() => params.project)
  const client = useQueryClient()
  const [adding, setAdding] = createSignal(false)
  const project = () => projects.data?.find((one) => one.id === params.project)
  const mayManage = () => mayIn(project(), me.data?.person.admin ?? false, 'manage')
  const refresh = () => client.invalidateQueries({ queryKey: keys.members(params.project) })
  const setRole = useMutation(() => ({
    mutationFn: (change: { person: string; role: Role }) =>
      api.setMember(params.project, change.person, change.role),
    onSettled: refresh,
  }))
  const remove = useMutation(() => ({
    mutationFn: (person: string) => api.removeMember(params.project, person),
    onSettled: refresh,
  }))
  const fault = () => setRole.error ?? remove.error
  createEffect(() => {
    document.title = `Members · ${project()?.title ?? 'Consilium'}`
  })
  return (
    <Show when={!isRefusal(members.error, 'not-found', 'not-a-member')} fallback={<NotFound />}>
      <Frame
        project={params.project}
        crumbs={[
          { title: project()?.title ?? 'Project', href: `/projects/${params.project}` },
          { title: 'Members' },
        ]}
      >
        <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Members</h1>
          <Show when={members.data}>
            <p class="text-13 text-t2">{count(members.data?.length ?? 0, 'person', 'people')}</p>
          </Show>
          <Show when={me.data?.person.admin}>
            <Button class="ml-auto" size="bar" kind="primary" icon={UserPlus} onClick={() => setAdding(true)}>
              Add a person
            </Button>
          </Show>
        </div>
        <Show when={fault()}>
          {(error) => (
            <div class="px-5 pb-3">
              <FaultBanner error={error()} />
            </div>
          )}
        </Show>
        <Switch>
          <Match when={members.isPending}>
            <SkeletonRows rows={4} label="Loading members" />
          </Match>
          <Match when={members.isLoadingError}>
            <ErrorState error={members.error} onRetry={() => void members.refetch()} />
          </Match>
          <Match when={members.data?.length === 0}>
            <EmptyState
              icon={UserPlus}
              title="Nobody belongs to this project yet"
              action={
                <Show when={me.data?.person.admin}>
                  <Button kind="primary" icon={UserPlus} onClick={() => setAdding(true)}>
                    Add a person
                  </Button>
                </Show>
              }
            >
              Readers annotate, an adjudicator settles what they disagree on.
            </EmptyState>
          </Match>
          <Match when={true}>
            <ul class="border-t border-line">
              <For each={members.data ?? []}>
                {(member) => (
                  <li class="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2">
                    <Avatar
                      initials={member.person.initials}
                      order={colourOfPerson(member.person.id)}
                      role={member.role}
                      size={32}
                    />
                    <div class="min-w-48 flex-1">
                      <p class="flex items-center gap-2 text-13 font-semibold">
                        {member.person.name}
                        <Show when={member.person.id === me.data?.person.id}>
                          <Chip>You</Chip>
                        </Show>
                      </p>
                      <p class="text-12 text-t3">
                        {[member.person.login, member.person.credential].filter(Boolean).join(' · ')}
                      </p>
                    </div>
                    <p class="hidden w-64 text-12 text-t2 desk:block">{ROLE_MEANS[member.role]}</p>
                    <Show
                      when={mayManage()}
                      fallback={
                        <span class="w-24">
                          <Chip>{capital(member.role)}</Chip>
                        </span>
                      }
                    >
                      <Select
                        label={`Role of ${member.person.name}`}
                        bare
                        size="bar"
                        class="w-36"
                        value={member.role}
                        disabled={setRole.isPending}
                        onChange={(role) => {
                          if (role !== member.role) setRole.mutate({ person: member.person.id, role })
                        }}
                        options={ROLES.map((role) => ({ value: role, title: capital(role) }))}
                      />
                      <IconButton
                        icon={UserMinus}
                        label={`Remove ${member.person.name} from the project`}
                        size="bar"
                        side="left"
                        disabled={remove.isPending}
                        onClick={() => remove.mutate(member.person.id)}
                      />
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </Match>
        </Switch>
        <AddMember
          open={adding()}
          onClose={() => setAdding(false)}
          project={params.project}
          present={(members.data ?? []).map((member) => member.person.id)}
        />
      </Frame>
    </Show>
  )
}
