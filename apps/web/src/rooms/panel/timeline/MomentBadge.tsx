/** Which of two compared moments something belongs to: its number, as on its handle. */
import { type JSX, Show } from 'solid-js'
import { number, timeOfDay } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'

export type Which = '1' | '2'

export function MomentNumber(props: { readonly of: Which }): JSX.Element {
  return (
    <span
      class={`flex size-5 shrink-0 items-center justify-center rounded-letter text-11 font-semibold ${props.of === '2' ? 'bg-bone text-on-bone' : 'bg-ctl text-white'}`}
    >
      {props.of}
    </span>
  )
}

/** Over a pane that shows one of the two, below what the pane itself says in that corner. */
export function MomentBadge(props: { readonly of: Which; readonly seq: number }): JSX.Element {
  const { timeline } = useDesk()
  const row = () => timeline.rows().row(props.seq)
  return (
    <p class="pointer-events-none absolute top-14 left-2 flex items-center gap-2 rounded-letter bg-black/50 py-0.5 pr-2 pl-1 text-11 text-t1">
      <MomentNumber of={props.of} />
      Revision {number(props.seq)}
      <Show when={row()}>{(found) => <span class="text-t2">{timeOfDay(found().at)}</span>}</Show>
    </p>
  )
}
