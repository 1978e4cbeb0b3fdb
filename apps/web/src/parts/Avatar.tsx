/**
 * A person: always a circle with initials. `order` is the number of their colour: contract/colour.ts outside a case, in one what the case says.
 * The role sits as a badge at the corner; who has lost the connection is drawn hollow and says so.
 */
import { colourOfPerson } from '@consilium/contract/colour'
import Bot from 'lucide-solid/icons/bot'
import ClipboardList from 'lucide-solid/icons/clipboard-list'
import Eye from 'lucide-solid/icons/eye'
import Gavel from 'lucide-solid/icons/gavel'
import ScrollText from 'lucide-solid/icons/scroll-text'
import { For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { personColour } from './colours.ts'
import type { Icon } from './icon.ts'

export type AvatarSize = 32 | 26 | 22 | 18

const BOXES: Record<AvatarSize, string> = {
  32: 'size-8 text-12',
  26: 'size-[26px] text-[10px]',
  22: 'size-[22px] text-[9px]',
  18: 'size-[18px] text-[8px]',
}

const BADGES: Record<string, { icon: Icon; word: string }> = {
  adjudicator: { icon: Gavel, word: 'Adjudicator' },
  manager: { icon: ClipboardList, word: 'Manager' },
  observer: { icon: Eye, word: 'Observer' },
  auditor: { icon: ScrollText, word: 'Auditor' },
  model: { icon: Bot, word: 'Model' },
}

interface AvatarProps {
  readonly initials: string
  /** Said to those who do not see the initials; leave out where the name stands beside it. */
  readonly name?: string
  readonly order: number
  readonly size?: AvatarSize
  /** Draws the badge of every role but reader. */
  readonly role?: string | null
  /** Not connected now. */
  readonly off?: boolean
  /** A ring around: this person is followed, or is you. */
  readonly ring?: 'acc' | 'bone'
}

export function Avatar(props: AvatarProps): JSX.Element {
  const size = () => props.size ?? 26
  const badge = () => (props.role ? BADGES[props.role] : undefined)
  const spoken = () =>
    [props.name, badge()?.word.toLowerCase(), props.off ? 'not connected' : undefined]
      .filter(Boolean)
      .join(', ')
  const ring = () =>
    props.ring === 'acc'
      ? 'ring-2 ring-acc ring-offset-2 ring-offset-bg'
      : props.ring === 'bone'
        ? 'ring-2 ring-bone ring-offset-2 ring-offset-bg'
        : ''
  return (
    <span
      class="relative inline-flex shrink-0"
      role={props.name ? 'img' : undefined}
      aria-label={props.name ? spoken() : undefined}
      aria-hidden={props.name ? undefined : 'true'}
    >
      <span
        class={`inline-flex items-center justify-center rounded-full leading-none font-semibold tracking-tight select-none ${BOXES[size()]} ${ring()} ${props.off ? 'border border-dashed text-t2' : 'text-dark'}`}
        style={
          props.off
            ? { 'border-color': personColour(props.order) }
            : { 'background-color': personColour(props.order) }
        }
        aria-hidden="true"
      >
        {props.initials}
      </span>
      <Show when={size() >= 26 && badge()}>
        {(found) => (
          <span class="absolute -right-1 -bottom-1 inline-flex size-3.5 items-center justify-center rounded-full bg-bone text-on-bone ring-2 ring-bg">
            <Dynamic component={found().icon} size={9} strokeWidth={2.25} aria-hidden="true" />
          </span>
        )}
      </Show>
    </span>
  )
}

/** Several people side by side, outside any case; beyond `most` the rest is a number with their names. */
export function Avatars(props: {
  readonly people: readonly { readonly id: string; readonly name: string; readonly initials: string }[]
  readonly size?: AvatarSize
  readonly most?: number
}): JSX.Element {
  const most = () => props.most ?? 5
  const rest = () => props.people.slice(most())
  return (
    <span class="inline-flex items-center gap-1">
      <For each={props.people.slice(0, most())}>
        {(person) => (
          <Avatar
            initials={person.initials}
            name={person.name}
            order={colourOfPerson(person.id)}
            size={props.size ?? 22}
          />
        )}
      </For>
      <Show when={rest().length > 0}>
        <span
          class="text-12 text-t2"
          title={rest()
            .map((person) => person.name)
            .join(', ')}
        >
          +{rest().length}
        </span>
      </Show>
    </span>
  )
}
