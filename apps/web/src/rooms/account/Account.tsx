/** One's own account: who one is, where one is signed in, and the access tokens of one's scripts. */
import { colourOfPerson } from '@consilium/contract/colour'
import type { JSX } from 'solid-js'
import { createSignal, Show } from 'solid-js'
import { Avatar } from '../../parts/Avatar.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { useMe } from '../../queries.ts'
import { lastProject } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { KeptHere } from '../kept/KeptHere.tsx'
import { Sessions } from './Sessions.tsx'
import { Tokens } from './Tokens.tsx'

export default function Account(): JSX.Element {
  const me = useMe()
  const [project] = createSignal(lastProject() ?? undefined)
  document.title = 'Your account · Consilium'
  return (
    <Frame project={project()} crumbs={[{ title: 'Your account' }]}>
      <div class="mx-auto flex max-w-190 flex-col gap-8 px-5 py-6">
        <Show when={me.data?.person}>
          {(person) => (
            <header class="flex items-center gap-4">
              <Avatar initials={person().initials} order={colourOfPerson(person().id)} size={32} />
              <div class="min-w-0">
                <h1 class="text-20 font-semibold">{person().name}</h1>
                <p class="text-13 text-t2">
                  {[person().login, person().credential].filter(Boolean).join(' · ')}
                </p>
              </div>
              <Show when={person().admin}>
                <Chip tone="bone">Administrator</Chip>
              </Show>
            </header>
          )}
        </Show>
        <Show when={me.data?.person}>{(person) => <KeptHere person={person()} />}</Show>
        <Sessions />
        <Tokens />
      </div>
    </Frame>
  )
}
