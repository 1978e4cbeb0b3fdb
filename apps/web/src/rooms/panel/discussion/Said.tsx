/** One thing somebody said: who, when, what, and what can be done with it. */
import { type JSX, Show } from 'solid-js'
import { moment, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { useDesk } from '../state/desk.ts'
import { SaidMenu } from './SaidMenu.tsx'
import type { Place } from './takenOut.ts'
import { Words } from './Words.tsx'

interface SaidProps {
  readonly place: Place
  /** "comment", "dissent". */
  readonly what: string
  readonly text: string
  /** ms since 1970; left out where nobody wrote it down. */
  readonly at?: number
  /** Behind the name: "disputes it". */
  readonly lead?: string
  readonly tone?: 'warn'
}

export function Said(props: SaidProps): JSX.Element {
  const { document } = useDesk()
  const author = () => document.authorOf(props.place.id)
  const name = () => author()?.author.name ?? 'Somebody'
  return (
    <div class="flex gap-2.5">
      <Avatar initials={author()?.author.initials ?? '–'} order={author()?.colour ?? 0} size={22} />
      <div class="min-w-0 flex-1">
        <p class="text-12 text-t3">
          <span class="font-medium text-t1">{name()}</span>{' '}
          <Show when={props.lead}>
            <span class={props.tone === 'warn' ? 'text-warn' : ''}>{props.lead}</span>
          </Show>
          <Show when={props.at}>
            {(at) => (
              <time class="ml-1" dateTime={new Date(at()).toISOString()} title={timeOfDay(at())}>
                {moment(at(), Date.now())}
              </time>
            )}
          </Show>
        </p>
        <Words place={props.place} text={props.text} />
      </div>
      <SaidMenu place={props.place} text={props.text} label={`${props.what} of ${name()}`} />
    </div>
  )
}
