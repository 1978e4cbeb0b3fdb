/** What somebody wrote; or, where it was taken out of the record, by whom, when and why. Line breaks stay as they were written. */
import { type JSX, Show } from 'solid-js'
import { day } from '../../../format.ts'
import { type Place, useTaker } from './takenOut.ts'

export function Words(props: { readonly place: Place; readonly text: string }): JSX.Element {
  const taker = useTaker(
    () => props.place,
    () => props.text,
  )
  return (
    <Show
      when={taker()}
      fallback={<p class="text-13 break-words whitespace-pre-wrap text-t1">{props.text}</p>}
    >
      {(revision) => (
        <p class="rounded-control bg-s3 px-2 py-1 text-13 break-words text-t2">
          <span class="font-medium">
            Words taken out by {revision().author.name}, {day(revision().at)}
          </span>
          <Show when={revision().reason}>{(reason) => <>: {reason()}</>}</Show>
        </p>
      )}
    </Show>
  )
}
