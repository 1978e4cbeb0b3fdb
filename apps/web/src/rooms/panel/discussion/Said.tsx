/** One thing somebody said: who, when, what. Line breaks stay as they were written. */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { type JSX, Show } from 'solid-js'
import { moment, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { useDesk } from '../state/desk.ts'

interface SaidProps {
  readonly entry: EntryKey
  readonly text: string
  /** ms since 1970; left out where nobody wrote it down. */
  readonly at?: number
  /** Behind the name: "disputes it". */
  readonly lead?: string
  readonly tone?: 'warn'
}

export function Said(props: SaidProps): JSX.Element {
  const { document } = useDesk()
  const author = () => document.authorOf(props.entry)
  return (
    <div class="flex gap-2.5">
      <Avatar initials={author()?.author.initials ?? '–'} order={author()?.colour ?? 0} size={22} />
      <div class="min-w-0 flex-1">
        <p class="text-12 text-t3">
          <span class="font-medium text-t1">{author()?.author.name ?? 'Somebody'}</span>{' '}
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
        <p class="text-13 break-words whitespace-pre-wrap text-t1">{props.text}</p>
      </div>
    </div>
  )
}
