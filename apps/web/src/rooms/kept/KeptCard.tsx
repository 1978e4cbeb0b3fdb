/**
 * One piece of work that the server would not take: when, why, what was in it, and what can be done with each change and with all of them.
 * Discarding asks once. Where nothing can be put back (the case is closed to its author), it can still be saved and discarded.
 */
import Check from 'lucide-solid/icons/check'
import Download from 'lucide-solid/icons/download'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { count, moment } from '../../format.ts'
import { Button } from '../../parts/Button.tsx'
import type { KeptChange, KeptWork } from '../../session/keptWork.ts'
import { refusalWords } from '../../session/saveState.ts'
import { keptWords } from './keptWords.ts'

export interface KeptCardProps {
  readonly work: KeptWork
  readonly labelTitle: (key: string) => string
  /** Left out where nothing can be put back. */
  readonly putBack?: {
    /** Why a change cannot be put back now; null where it can. */
    readonly denied: (change: KeptChange) => string | null
    readonly fault: (change: KeptChange) => string | undefined
    readonly now: (changes: readonly KeptChange[]) => void
  }
  /** At the end of the foot. */
  readonly action?: JSX.Element
  readonly onSave: () => void
  readonly onDiscard: (changes: readonly KeptChange[]) => void
}

export function KeptCard(props: KeptCardProps): JSX.Element {
  const waiting = createMemo(() => props.work.changes.filter(({ settled }) => settled === null))
  const possible = createMemo(() => waiting().filter((change) => props.putBack?.denied(change) === null))
  const [asking, setAsking] = createSignal(false)
  return (
    <section class="rounded-tile border border-line2 bg-s3" aria-label={titleOf(props.work)}>
      <header class="px-4 pt-3 pb-2">
        <h3 class="text-13 font-semibold text-t1">{titleOf(props.work)}</h3>
        <p class="text-12 text-t2">{refusalWords(props.work.refusal)}</p>
      </header>
      <Show
        when={props.work.changes.length > 0}
        fallback={<p class="px-4 pb-3 text-12 text-t2">Everything in it is in the record by now.</p>}
      >
        <ul class="border-t border-line2">
          <For each={props.work.changes}>
            {(change) => <ChangeRow change={change} all={props} alone={props.work.changes.length === 1} />}
          </For>
        </ul>
      </Show>
      <footer class="flex flex-wrap items-center gap-2 border-t border-line2 px-4 py-3">
        <Show
          when={!asking()}
          fallback={
            <Asked
              what={waiting().length <= 1 ? 'this' : `all ${count(waiting().length, 'change')}`}
              onYes={() => {
                setAsking(false)
                props.onDiscard(waiting())
              }}
              onNo={() => setAsking(false)}
            />
          }
        >
          <Button size="bar" icon={Download} onClick={() => props.onSave()}>
            Save as a file
          </Button>
          <Show when={waiting().length > 0 || props.work.changes.length === 0}>
            <Button size="bar" kind="quiet" tone="bad" onClick={() => setAsking(true)}>
              {waiting().length > 1 ? 'Discard all' : 'Discard'}
            </Button>
          </Show>
          {props.action}
          <Show when={props.putBack && possible().length > 1}>
            <Button
              size="bar"
              kind="primary"
              icon={RotateCcw}
              class="ml-auto"
              onClick={() => props.putBack?.now(possible())}
            >
              Put back {possible().length === waiting().length ? 'all' : 'what can be'}
            </Button>
          </Show>
        </Show>
      </footer>
    </section>
  )
}

function titleOf({ changes, at, refusal }: KeptWork): string {
  const when = moment(at, Date.now())
  if (refusal.code === 'record-cut') return `Your copy of the case, kept ${when}`
  return changes.length === 0 ? `Refused ${when}` : `${count(changes.length, 'change')}, not taken ${when}`
}

function Asked(props: {
  readonly what: string
  readonly onYes: () => void
  readonly onNo: () => void
}): JSX.Element {
  return (
    <div role="group" aria-label={`Discard ${props.what}?`} class="flex min-h-7 flex-1 items-center gap-2">
      <span class="min-w-0 flex-1 text-12 text-t1">Discard {props.what}? It cannot be brought back.</span>
      <Button size="bar" kind="quiet" onClick={() => props.onNo()}>
        Keep
      </Button>
      <Button size="bar" tone="bad" onClick={() => props.onYes()}>
        Discard
      </Button>
    </div>
  )
}

function ChangeRow(props: {
  readonly change: KeptChange
  readonly all: KeptCardProps
  /** Then the foot of the card discards it. */
  readonly alone: boolean
}): JSX.Element {
  const [asking, setAsking] = createSignal(false)
  const words = () => keptWords(props.change, props.all.labelTitle)
  const denied = () => props.all.putBack?.denied(props.change) ?? null
  const fault = () => props.all.putBack?.fault(props.change)
  return (
    <li class="border-b border-line2 px-4 py-2.5 last:border-b-0">
      <div class="flex items-start gap-3">
        <div class="min-w-0 flex-1">
          <p class="text-13 font-medium text-t1">{words().title}</p>
          <For each={words().lines}>
            {(line) => <p class="text-12 break-words whitespace-pre-wrap text-t2">{line}</p>}
          </For>
        </div>
        <Switch>
          <Match when={props.change.settled?.how === 'back'}>
            <span class="flex h-7 items-center gap-1.5 text-12 text-ok">
              <Check size={14} aria-hidden="true" /> Put back
            </span>
          </Match>
          <Match when={props.change.settled?.how === 'discarded'}>
            <span class="flex h-7 items-center text-12 text-t3">Discarded</span>
          </Match>
          <Match when={!asking()}>
            <Show when={!props.alone}>
              <Button size="bar" kind="quiet" onClick={() => setAsking(true)}>
                Discard
              </Button>
            </Show>
            <Show when={props.all.putBack && denied() === null}>
              <Button size="bar" icon={RotateCcw} onClick={() => props.all.putBack?.now([props.change])}>
                Put back
              </Button>
            </Show>
          </Match>
        </Switch>
      </div>
      <Show when={asking() && props.change.settled === null}>
        <div class="mt-2 flex">
          <Asked
            what="this change"
            onYes={() => props.all.onDiscard([props.change])}
            onNo={() => setAsking(false)}
          />
        </div>
      </Show>
      <Show when={props.change.settled === null && (fault() ?? denied())}>
        {(why) => <p class="mt-1 text-12 text-warn">Cannot be put back now: {why()}</p>}
      </Show>
    </li>
  )
}
