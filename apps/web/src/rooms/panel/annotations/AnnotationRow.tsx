/** One annotation in the list. Chosen, it opens its inspector in place, so that the eye stays where it is. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { markOf } from '@consilium/viewer/marks'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createEffect, createMemo, type JSX, onCleanup, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { capital } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { IconButton } from '../../../parts/Button.tsx'
import { Late } from '../../../parts/Late.tsx'
import { UNSEEN } from '../later/files.ts'
import { useDesk } from '../state/desk.ts'
import { figureOf } from '../state/measures.ts'
import { iconNamed } from '../toolIcons.ts'
import { CertaintyChip } from './CertaintyChip.tsx'
import { HandRing } from './HandRing.tsx'

const VERDICTS = {
  disputed: { title: 'Disputed', tone: 'text-warn' },
  accepted: { title: 'Accepted', tone: 'text-ok' },
  rejected: { title: 'Rejected', tone: 'text-bad' },
  adopted: { title: 'Adopted', tone: 'text-bone' },
  superseded: { title: 'Superseded', tone: 'text-t2' },
} as const

interface RowProps {
  /** From 1, of so many: most of them are not on the page. */
  readonly place: number
  readonly of: number
  /** Left free above it, CSS pixels. */
  readonly before: number
  /** How much taller it is than the others while it is chosen, CSS pixels. */
  readonly onExtra: (px: number) => void
}

export function AnnotationRow(props: RowProps & { readonly id: EntryKey }): JSX.Element {
  const { shelves } = useDesk()
  const annotation = createMemo(() => shelves().annotations.get(props.id))
  return <Show when={annotation()}>{(value) => <Row {...props} annotation={value()} />}</Show>
}

function Row(props: RowProps & { readonly annotation: Annotation }): JSX.Element {
  const desk = useDesk()
  const { choices, document, people, me } = desk
  let row: HTMLLIElement | undefined
  const id = () => props.annotation.id
  const chosen = () => choices.selection() === id()
  const hidden = () => choices.isHidden(id())
  const author = () => document.authorOf(id())
  const mark = () => markOf(props.annotation.kind)
  const figure = createMemo(() => figureOf(desk, props.annotation))
  const title = () => [kindOf(props.annotation.kind).title, figure()].filter(Boolean).join(' · ')
  const standing = () => desk.talk.verdict(id())
  const holder = createMemo(
    () => people.peers().find((peer) => peer.user.id !== me.id && peer.selection === id())?.user,
  )

  // Chosen on the image: bring the row into sight.
  createEffect(() => {
    if (chosen()) queueMicrotask(() => row?.scrollIntoView({ block: 'nearest' }))
  })

  return (
    <li
      ref={(element) => {
        row = element
      }}
      data-annotation={id()}
      aria-setsize={props.of}
      aria-posinset={props.place}
      style={{ 'margin-top': `${props.before}px` }}
      class={`relative ${chosen() ? 'bg-s2' : ''}`}
    >
      <div
        class={`group flex h-12 items-center gap-2 pr-3 pl-4 transition-colors ${chosen() ? 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : 'hover:bg-s2'}`}
      >
        <button
          type="button"
          aria-pressed={chosen()}
          class="flex min-w-0 flex-1 items-center gap-2.5 self-stretch rounded-control text-left focus-visible:outline-offset-[-2px]"
          onClick={() => {
            if (chosen()) choices.select(null)
            else desk.goTo(props.annotation)
          }}
        >
          <Dynamic
            component={iconNamed(mark().icon)}
            size={14}
            class={`shrink-0 ${hidden() ? 'text-t3' : 'text-t2'}`}
            aria-hidden="true"
          />
          <span class="flex min-w-0 flex-col">
            <span class={`truncate text-13 font-medium ${hidden() ? 'text-t3' : 'text-t1'}`}>{title()}</span>
            <span class="truncate text-12 text-t3">
              <span class="sr-only">, {desk.labelTitle(props.annotation.label)}, </span>
              {capital(desk.frameWords(props.annotation.source.series, props.annotation.source.frame))}
              <Show
                when={standing()}
                fallback={<Show when={author()}>{(found) => <> · {found().author.name}</>}</Show>}
              >
                {(found) => (
                  <>
                    {' · '}
                    <span class={`font-medium ${VERDICTS[found()].tone}`}>{VERDICTS[found()].title}</span>
                    <span class="sr-only">, {author()?.author.name}</span>
                  </>
                )}
              </Show>
            </span>
          </span>
        </button>
        <span class="flex shrink-0 flex-col items-end">
          <span class="flex h-5 items-center">
            <CertaintyChip certainty={props.annotation.certainty} />
          </span>
          <span class="flex h-4 items-center gap-1">
            <Show when={holder()}>
              {(user) => <HandRing colour={user().colour} title={`${user().name} has it selected`} />}
            </Show>
            <Show when={author()}>
              {(found) => (
                <Avatar
                  initials={found().author.initials}
                  name={found().author.name}
                  order={found().colour}
                  size={18}
                />
              )}
            </Show>
            <IconButton
              icon={hidden() ? EyeOff : Eye}
              label={hidden() ? 'Show on the image' : 'Hide on the image'}
              size="small"
              side="left"
              class="forced-colors:border-0"
              onClick={() => choices.toggleHidden([id()])}
            />
          </span>
        </span>
      </div>
      <Show when={chosen()}>
        <div ref={(element) => observeHeight(element, props.onExtra)}>
          <Late of={UNSEEN}>
            {({ Inspector }) => (
              <Inspector annotation={props.annotation} disputed={standing() === 'disputed'} />
            )}
          </Late>
        </div>
      </Show>
    </li>
  )
}

function observeHeight(element: HTMLElement, tell: (px: number) => void): void {
  const observer = new ResizeObserver(() => tell(element.offsetHeight))
  observer.observe(element)
  onCleanup(() => {
    observer.disconnect()
    tell(0)
  })
}
