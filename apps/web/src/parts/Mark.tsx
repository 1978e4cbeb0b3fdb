/** The mark: a council around a table, its chair at the head. Drawn on a grid of 24; the word beside it is set in the serif. */
import { For, type JSX } from 'solid-js'

/** Six seats around the table; the first is the chair's. */
const SEATS = [
  [12, 3.4, 2.1],
  [19.6, 7.7, 1.5],
  [19.6, 16.3, 1.5],
  [12, 20.6, 1.5],
  [4.4, 16.3, 1.5],
  [4.4, 7.7, 1.5],
] as const

export function Mark(props: { readonly size?: number }): JSX.Element {
  return (
    <svg
      width={props.size ?? 22}
      height={props.size ?? 22}
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      class="shrink-0"
    >
      <rect x="8.4" y="8.4" width="7.2" height="7.2" rx="2.2" stroke="currentColor" stroke-width="1.7" />
      <For each={SEATS}>{([x, y, r]) => <circle cx={x} cy={y} r={r} fill="currentColor" />}</For>
    </svg>
  )
}

export function WordMark(props: { readonly large?: boolean }): JSX.Element {
  return (
    <span class={`inline-flex items-center text-bone ${props.large ? 'gap-3.5' : 'gap-2.5'}`}>
      <Mark size={props.large ? 32 : 22} />
      <span class={`font-serif font-semibold ${props.large ? 'text-30' : 'text-[16px] leading-6'}`}>
        Consilium
      </span>
    </span>
  )
}
