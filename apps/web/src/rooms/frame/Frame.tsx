/**
 * The frame of every list: header, the project's rooms at the left, the list, and beside it what is selected.
 * Below 1200 px the panel beside goes under the list, below 900 px the rooms go on top; nothing is cut.
 */
import { children, type JSX, Show } from 'solid-js'
import { type Crumb, Header } from '../../parts/Header.tsx'
import { Nav } from './Nav.tsx'

interface FrameProps {
  /** Id of the project one is in; left out in rooms that belong to none. */
  readonly project?: string | undefined
  readonly crumbs: readonly Crumb[]
  readonly tools?: JSX.Element
  readonly aside?: JSX.Element
  /** Accessible name of the panel beside. */
  readonly asideLabel?: string
  readonly children: JSX.Element
}

export function Frame(props: FrameProps): JSX.Element {
  const aside = children(() => props.aside)
  return (
    <div class="flex h-full flex-col">
      <a
        href="#main"
        class="sr-only z-50 rounded-control bg-bone px-3 py-2 text-on-bone focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        To the list
      </a>
      <Header crumbs={props.crumbs}>{props.tools}</Header>
      {/* What is written for screen readers alone has its place in here too: else it would make the page longer than the window. */}
      <div class="relative flex min-h-0 flex-1 flex-col overflow-y-auto list:flex-row list:overflow-hidden">
        <Nav project={props.project} />
        <div class="flex min-h-0 min-w-0 flex-1 flex-col list:overflow-y-auto desk:flex-row desk:overflow-hidden">
          <main id="main" tabindex="-1" class="min-w-0 flex-1 outline-none desk:overflow-y-auto">
            {props.children}
          </main>
          <Show when={aside.toArray().some(Boolean)}>
            <aside
              aria-label={props.asideLabel}
              tabindex="0"
              class="focus-visible:outline-offset-[-2px] shrink-0 border-t border-line bg-s1 desk:w-84 desk:overflow-y-auto desk:border-t-0 desk:border-l wide:w-105"
            >
              {aside()}
            </aside>
          </Show>
        </div>
      </div>
    </div>
  )
}
