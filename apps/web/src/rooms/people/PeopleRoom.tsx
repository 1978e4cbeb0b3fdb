/** Everybody who has an account here. For administrators: they make accounts, and forget people. */
import { colourOfPerson } from '@consilium/contract/colour'
import type { Person } from '@consilium/contract/people'
import Eraser from 'lucide-solid/icons/eraser'
import UserPlus from 'lucide-solid/icons/user-plus'
import UsersRound from 'lucide-solid/icons/users-round'
import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { count } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { Banner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { useMe, usePeople } from '../../queries.ts'
import { lastProject } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { ForgetDialog } from './ForgetDialog.tsx'
import { NewPersonDialog } from './NewPersonDialog.tsx'

export default function PeopleRoom(): JSX.Element {
  const me = useMe()
  const people = usePeople(() => true)
  const [making, setMaking] = createSignal(false)
  const [forgetting, setForgetting] = createSignal<Person | null>(null)
  const [forgotten, setForgotten] = createSignal(false)
  createEffect(() => {
    document.title = 'People · Consilium'
  })
  const byName = () => (people.data ?? []).toSorted((a, b) => a.name.localeCompare(b.name))
  const addButton = () => (
    <Button size="bar" kind="primary" icon={UserPlus} onClick={() => setMaking(true)}>
      New account
    </Button>
  )
  return (
    <Frame project={lastProject() ?? undefined} crumbs={[{ title: 'People' }]}>
      <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
        <h1 class="text-20 font-semibold">People</h1>
        <Show when={people.data}>
          <p class="text-13 text-t2">{count(byName().length, 'account')} in this installation</p>
          <span class="ml-auto">{addButton()}</span>
        </Show>
      </div>
      <Show when={forgotten()}>
        <div class="px-5 pb-3">
          <Banner tone="ok" shape="card">
            Forgotten. What they did stays in the record under “Erased person” and a number.
          </Banner>
        </div>
      </Show>
      <Switch>
        <Match when={people.isPending}>
          <SkeletonRows rows={6} height={52} label="Loading people" />
        </Match>
        <Match when={people.isLoadingError}>
          <ErrorState error={people.error} onRetry={() => void people.refetch()} />
        </Match>
        <Match when={byName().length === 0}>
          <EmptyState icon={UsersRound} title="Nobody has an account yet" action={addButton()}>
            An account lets a person sign in; a project's members decide what they may do there.
          </EmptyState>
        </Match>
        <Match when={true}>
          <ul class="border-t border-line" aria-label="People">
            <For each={byName()}>
              {(person) => (
                <li class="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2">
                  <Avatar initials={person.initials} order={colourOfPerson(person.id)} size={32} />
                  <div class="min-w-48 flex-1">
                    <p class="flex items-center gap-2 text-13 font-semibold">
                      {person.name}
                      <Show when={person.id === me.data?.person.id}>
                        <Chip>You</Chip>
                      </Show>
                      <Show when={person.admin}>
                        <Chip tone="bone">Administrator</Chip>
                      </Show>
                    </p>
                    <p class="text-12 text-t3">
                      {[person.login, person.credential].filter(Boolean).join(' · ')}
                    </p>
                  </div>
                  <Show when={person.id !== me.data?.person.id}>
                    <Button
                      size="bar"
                      kind="quiet"
                      icon={Eraser}
                      aria-label={`Forget ${person.name}`}
                      onClick={() => {
                        setForgotten(false)
                        setForgetting(person)
                      }}
                    >
                      Forget
                    </Button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </Match>
      </Switch>
      <NewPersonDialog open={making()} onClose={() => setMaking(false)} />
      <ForgetDialog
        person={forgetting()}
        onClose={() => setForgetting(null)}
        onForgotten={() => setForgotten(true)}
      />
    </Frame>
  )
}
