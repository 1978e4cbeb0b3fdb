/** One thread: folded to a line, or open with all that was said, decided and dissented. */
import { comment, resolveThread } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { TAKEN_OUT } from '@consilium/crdt-schema/takenOut'
import Check from 'lucide-solid/icons/check'
import MessageSquare from 'lucide-solid/icons/message-square'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import Scale from 'lucide-solid/icons/scale'
import { createEffect, createMemo, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { capital, count } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { Chip } from '../../../parts/Chip.tsx'
import { useDesk } from '../state/desk.ts'
import type { ThreadSummary } from '../state/threads.ts'
import { Composer } from './Composer.tsx'
import { DecisionCard } from './DecisionCard.tsx'
import { DecisionForm } from './DecisionForm.tsx'
import { Said } from './Said.tsx'

export function ThreadCard(props: { readonly id: EntryKey }): JSX.Element {
  const { talk } = useDesk()
  const summary = () => talk.thread(props.id)
  return <Show when={summary()}>{(found) => <Card summary={found()} />}</Show>
}

function Card(props: { readonly summary: ThreadSummary }): JSX.Element {
  const desk = useDesk()
  const { choices, unread, document } = desk
  let card: HTMLLIElement | undefined
  const thread = () => props.summary.thread
  const open = () => choices.thread() === thread().id
  const isDispute = () => thread().about === 'dispute'
  const annotation = createMemo(() => {
    const id = thread().anchor.annotation
    return id === null ? undefined : desk.shelves().annotations.get(id)
  })
  const about = () => {
    const found = annotation()
    const slice = desk.frameWords(thread().anchor.series, thread().anchor.frame)
    if (!found) return capital(slice)
    return `${kindOf(found.kind).title}, ${desk.labelTitle(found.label)}, ${slice}${found.retired ? ' (deleted)' : ''}`
  }
  const firstWords = () => {
    const text = isDispute() ? thread().reason : (props.summary.comments[0]?.text ?? '')
    return text === TAKEN_OUT ? 'Words taken out' : text
  }
  const opener = () => document.authorOf(thread().id)

  createEffect(() => {
    if (open()) queueMicrotask(() => card?.scrollIntoView({ block: 'nearest' }))
  })

  const toggle = (): void => {
    if (open()) {
      choices.openThread(null)
      return
    }
    choices.openThread(thread().id)
    const { series, point, frame, annotation: id } = thread().anchor
    if (id !== null) choices.select(id)
    desk.goToPlace(series, point, frame)
  }

  return (
    <li
      ref={(element) => {
        card = element
      }}
      data-thread={thread().id}
      class={`relative border-b border-line ${open() ? 'bg-s2' : ''}`}
    >
      <button
        type="button"
        aria-expanded={open()}
        class={`flex w-full gap-2.5 px-4 py-2.5 text-left transition-colors focus-visible:outline-offset-[-2px] ${open() ? 'bg-s3 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : 'hover:bg-s2'}`}
        onClick={toggle}
      >
        <Dynamic
          component={isDispute() ? Scale : MessageSquare}
          size={16}
          class={`mt-0.5 shrink-0 ${isDispute() && props.summary.decision === null ? 'text-warn' : 'text-t3'}`}
          aria-hidden="true"
        />
        <span class="flex min-w-0 flex-1 flex-col">
          <span class="flex items-center gap-2">
            <span class="min-w-0 text-13 font-medium text-pretty text-t1">
              <span class="sr-only">{isDispute() ? 'Dispute' : 'Thread'}: </span>
              {about()}
            </span>
            <Show when={unread().has(thread().id)}>
              <span class="size-1.5 shrink-0 rounded-full bg-acc" role="img" aria-label="new" />
            </Show>
          </span>
          <Show when={!open()}>
            <span class="truncate text-12 text-t2">{firstWords()}</span>
            <span class="text-12 text-t3">
              {[
                opener()?.author.name,
                props.summary.comments.length > 0 ? count(props.summary.comments.length, 'comment') : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </Show>
        </span>
        <State summary={props.summary} />
      </button>
      <Show when={open()}>
        <Inside summary={props.summary} />
      </Show>
    </li>
  )
}

function State(props: { readonly summary: ThreadSummary }): JSX.Element {
  return (
    <span class="shrink-0">
      <Show
        when={props.summary.thread.about === 'dispute'}
        fallback={
          <Show when={props.summary.thread.resolved}>
            <Chip tone="ok">Resolved</Chip>
          </Show>
        }
      >
        <Show when={props.summary.decision} fallback={<Chip tone="warn">Open</Chip>}>
          <Chip tone="bone">Decided</Chip>
        </Show>
      </Show>
    </span>
  )
}

function Inside(props: { readonly summary: ThreadSummary }): JSX.Element {
  const desk = useDesk()
  const { rights } = desk
  const thread = () => props.summary.thread
  const id = () => thread().id
  const mayTalk = () => rights.denied('comments') === null
  return (
    <div class="flex flex-col gap-3 px-4 pt-3 pb-4">
      <Show when={thread().about === 'dispute'}>
        <Said
          place={{ root: 'threads', id: id(), field: 'reason' }}
          what="dispute"
          at={desk.revisions.createdAt(id()) ?? undefined}
          lead="disputes it"
          text={thread().reason}
          tone="warn"
        />
      </Show>
      <For each={props.summary.comments}>
        {(said) => (
          <Said
            place={{ root: 'comments', id: said.id, field: 'text' }}
            what="comment"
            text={said.text}
            at={said.writtenAt}
          />
        )}
      </For>
      <For each={props.summary.decisions}>
        {(decision) => (
          <DecisionCard
            decision={decision}
            dissents={props.summary.dissents.filter((dissent) => dissent.decision === decision.id)}
          />
        )}
      </For>
      <Show
        when={
          thread().about === 'dispute' &&
          props.summary.decision === null &&
          rights.denied('decisions') === null
        }
      >
        <DecisionForm thread={thread()} />
      </Show>
      <Show when={mayTalk()} fallback={<p class="text-12 text-t3">{rights.denied('comments')}</p>}>
        <Composer
          label="Reply"
          placeholder="Reply"
          action="Reply"
          keep={`reply ${id()}`}
          onSend={(text) => desk.act(comment, id(), text) !== undefined}
        >
          <Show when={thread().about === 'comment'}>
            <Button
              size="bar"
              kind="quiet"
              icon={thread().resolved ? RotateCcw : Check}
              onClick={() => desk.act(resolveThread, id(), !thread().resolved)}
            >
              {thread().resolved ? 'Reopen' : 'Resolve'}
            </Button>
          </Show>
        </Composer>
      </Show>
    </div>
  )
}
