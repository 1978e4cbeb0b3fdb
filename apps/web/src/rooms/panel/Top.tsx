/** The header of the room: where you are, what phase the case is in, whether your work is safe, and who is here. */
import Images from 'lucide-solid/icons/images'
import { For, type JSX, Show } from 'solid-js'
import { Avatar } from '../../parts/Avatar.tsx'
import { ButtonLink } from '../../parts/Button.tsx'
import { Divider, Header } from '../../parts/Header.tsx'
import { Tooltip } from '../../parts/Tooltip.tsx'
import { PhaseChip } from '../worklist/PhaseChip.tsx'
import { PhaseControl } from './PhaseControl.tsx'
import { SaveState } from './SaveState.tsx'
import { useDesk } from './state/desk.ts'
import type { Here } from './state/here.ts'

export function Top(): JSX.Element {
  const desk = useDesk()
  const { kase, me, people, document, standing } = desk
  return (
    <Header
      crumbs={[{ title: kase.projectTitle, href: `/projects/${kase.project}` }, { title: kase.key }]}
      after={
        <>
          <PhaseChip phase={standing.phase()} />
          <ButtonLink href={`/cases/${kase.id}/study`} size="bar" kind="quiet" icon={Images}>
            Study
          </ButtonLink>
        </>
      }
    >
      <SaveState />
      <Divider />
      <ul class="flex items-center gap-2" aria-label="People here">
        <li>
          <Tooltip
            as="span"
            text={`${me.name} (you), ${standing.role() ?? 'administrator'}`}
            tabindex={-1}
            class="flex"
          >
            <Avatar
              initials={me.initials}
              name={`${me.name}, you`}
              order={document.colourOf(me.id)}
              role={standing.role()}
              off={document.status().state !== 'live'}
            />
          </Tooltip>
        </li>
        {/* By their ids: an avatar that is pointed at or focused stays the same while another window of its person comes. */}
        <For each={people.here().map(({ id }) => id)}>
          {(id) => (
            <Show when={people.here().find((one) => one.id === id)}>
              {(person) => (
                <li>
                  <FollowButton person={person()} />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <PhaseControl />
    </Header>
  )
}

function FollowButton(props: { readonly person: Here }): JSX.Element {
  const { people } = useDesk()
  const followed = () => people.followed() === props.person.id
  const toggle = () => {
    if (followed()) people.leave()
    else people.follow(props.person.id)
  }
  return (
    <Tooltip
      as="button"
      type="button"
      class="target flex rounded-full"
      aria-pressed={followed()}
      // The initials too: whoever speaks to their machine says what they see.
      aria-label={`${followed() ? 'Stop following' : 'Follow'} ${props.person.name}, ${props.person.initials}`}
      onClick={toggle}
      text={
        <span>
          {props.person.name}, {props.person.role ?? 'administrator'}
          <Show when={props.person.pages > 1}>, {props.person.pages} windows</Show>
          <span class="block text-t2">
            {followed() ? 'Click to stop following' : 'Click to follow'}
            <Show when={props.person.followsMe}> · follows you</Show>
          </span>
        </span>
      }
    >
      <Avatar
        initials={props.person.initials}
        order={props.person.colour}
        role={props.person.role}
        ring={followed() ? 'acc' : undefined}
      />
    </Tooltip>
  )
}
