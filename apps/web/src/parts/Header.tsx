/** The bar on top of every room, 48 px: mark, where you are, what state it is in, and at the right what can be done. */
import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { For, type JSX, Show } from 'solid-js'
import { WordMark } from './Mark.tsx'

export interface Crumb {
  readonly title: string
  /** Left out for where you are. */
  readonly href?: string
}

interface HeaderProps {
  readonly crumbs: readonly Crumb[]
  /** Right behind the crumbs, e.g. the chip of the phase. */
  readonly after?: JSX.Element
  readonly children?: JSX.Element
}

/** A thin upright line between groups of a bar. */
export function Divider(): JSX.Element {
  return <span aria-hidden="true" class="h-5 w-px shrink-0 bg-line2" />
}

export function Header(props: HeaderProps): JSX.Element {
  return (
    <header class="flex h-12 shrink-0 items-center gap-3 border-b border-line bg-bg px-4 max-list:h-auto max-list:min-h-12 max-list:flex-wrap max-list:gap-y-1 max-list:py-1">
      <A href="/" class="inline-flex rounded-control" aria-label="Consilium, to the worklist">
        <WordMark />
      </A>
      <Show when={props.crumbs.length > 0}>
        <span class="contents max-read:hidden">
          <Divider />
        </span>
        <nav aria-label="Where you are" class="flex min-w-0 items-center gap-2">
          <ol class="flex min-w-0 items-center gap-2 text-13">
            <For each={props.crumbs}>
              {(crumb, index) => (
                <li class="flex min-w-0 items-center gap-2">
                  <Show when={index() > 0}>
                    <ChevronRight size={14} class="shrink-0 text-t3" aria-hidden="true" />
                  </Show>
                  <Show
                    when={crumb.href}
                    fallback={
                      <span class="truncate font-medium text-t1" aria-current="page">
                        {crumb.title}
                      </span>
                    }
                  >
                    {(href) => (
                      <A
                        href={href()}
                        class="truncate rounded-letter text-t2 transition-colors hover:text-t1"
                      >
                        {crumb.title}
                      </A>
                    )}
                  </Show>
                </li>
              )}
            </For>
          </ol>
        </nav>
      </Show>
      {props.after}
      <div class="ml-auto flex shrink-0 items-center gap-2 max-list:shrink max-list:flex-wrap">
        {props.children}
      </div>
    </header>
  )
}
