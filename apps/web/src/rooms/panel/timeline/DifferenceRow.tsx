/** One thing that differs between two moments, in figures; a click goes to where it is. */
import type { EntryDifference } from '@consilium/contract/history'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { createMemo, For, type JSX, Show } from 'solid-js'
import { capital } from '../../../format.ts'
import { useDesk } from '../state/desk.ts'
import { CHANGE_WORDS, type DifferenceLine, differenceLines } from './differenceWords.ts'

export function DifferenceRow(props: { readonly difference: EntryDifference }): JSX.Element {
  const desk = useDesk()
  const { comparison, choices } = desk
  const root = () => props.difference.root
  const entry = () => props.difference.entry
  const shelves = () => [desk.shelves(), comparison.records()?.shelves]
  const annotation = createMemo(() =>
    root() === 'annotations'
      ? shelves()
          .map((shelf) => shelf?.annotations.get(entry()))
          .find(Boolean)
      : undefined,
  )
  const thread = createMemo(() => {
    const kind = root()
    const about =
      kind === 'comments' || kind === 'decisions'
        ? shelves()
            .map((shelf) => shelf?.[kind].get(entry())?.thread)
            .find(Boolean)
        : entry()
    return about === undefined
      ? undefined
      : shelves()
          .map((shelf) => shelf?.threads.get(about))
          .find(Boolean)
  })
  const title = () => {
    const found = annotation()
    return found ? kindOf(found.kind).title : TITLES[root()]
  }
  const place = () => {
    const found = annotation()
    if (found)
      return `${desk.labelTitle(found.label)} · ${desk.frameWords(found.source.series, found.source.frame)}`
    const anchor = thread()?.anchor
    return anchor ? capital(desk.frameWords(anchor.series, anchor.frame)) : ''
  }
  const go = (): void => {
    const found = annotation()
    if (found) return desk.goTo(found)
    const anchor = thread()?.anchor
    if (anchor) desk.goToPlace(anchor.series, anchor.point, anchor.frame)
  }
  const lines = createMemo(() =>
    differenceLines(
      props.difference,
      desk.labelTitle,
      desk.wording.spacingAt(annotation()?.source.series ?? ''),
    ),
  )
  return (
    <li>
      <button
        type="button"
        onClick={go}
        class={`flex w-full flex-col gap-1 px-4 py-2.5 text-left transition-colors focus-visible:outline-offset-[-2px] ${choices.selection() === entry() ? 'bg-s3' : 'hover:bg-s2'}`}
      >
        <span class="flex flex-wrap items-baseline gap-x-2">
          <span class="text-13 font-medium text-t1">
            {CHANGE_WORDS[props.difference.change]}: {title()}
          </span>
          <span class="truncate text-12 text-t3">{place()}</span>
        </span>
        <For each={lines()}>
          {(line) => (
            <span class="grid w-full grid-cols-[76px_1fr] gap-2 text-12">
              <span class="text-t3">{line.title}</span>
              <span class="min-w-0 text-t2">
                <Values line={line} />
              </span>
            </span>
          )}
        </For>
      </button>
    </li>
  )
}

function Values(props: { readonly line: DifferenceLine }): JSX.Element {
  return (
    <Show
      when={props.line.words}
      fallback={
        <Show when={props.line.before && props.line.after} fallback={props.line.after || props.line.before}>
          <span class="text-t3">{props.line.before}</span>
          <span class="sr-only"> became </span>
          <span aria-hidden="true"> → </span>
          <span class="text-t1">{props.line.after}</span>
        </Show>
      }
    >
      {(pieces) => (
        <For each={pieces()}>
          {({ op, text }) =>
            op === 'same' ? (
              text
            ) : op === 'added' ? (
              <ins class="text-t1 decoration-ctl">{text}</ins>
            ) : (
              <del class="text-t3">{text}</del>
            )
          }
        </For>
      )}
    </Show>
  )
}

const TITLES = {
  annotations: 'Annotation',
  threads: 'Thread',
  comments: 'Comment',
  decisions: 'Decision',
  dissents: 'Dissent',
} as const
