/** A titled part of a page of settings, with its one act at the right. */
import { type JSX, Show } from 'solid-js'

interface SectionProps {
  readonly title: string
  readonly about: JSX.Element
  readonly action?: JSX.Element
  readonly children: JSX.Element
}

export function Section(props: SectionProps): JSX.Element {
  return (
    <section class="flex flex-col gap-3" aria-label={props.title}>
      <div class="flex flex-wrap items-end gap-4">
        <div class="min-w-0 flex-1">
          <h2 class="text-14 font-semibold">{props.title}</h2>
          <p class="text-12 text-t2">{props.about}</p>
        </div>
        {props.action}
      </div>
      <div class="overflow-hidden rounded-card border border-line bg-s1">{props.children}</div>
    </section>
  )
}

/** One line of such a part: what, its second line, and what can be done with it. */
export function Line(props: {
  readonly before?: JSX.Element
  readonly title: JSX.Element
  readonly detail?: JSX.Element
  readonly children?: JSX.Element
}): JSX.Element {
  return (
    <li class="flex min-h-12 items-center gap-3 border-b border-line px-4 py-2 last:border-b-0">
      {props.before}
      <div class="min-w-0 flex-1">
        <p class="flex items-center gap-2 truncate text-13 font-medium">{props.title}</p>
        <Show when={props.detail}>
          <p class="truncate text-12 text-t3">{props.detail}</p>
        </Show>
      </div>
      {props.children}
    </li>
  )
}
