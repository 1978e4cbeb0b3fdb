/** What was decided, why, by whom; and every dissent below it. Both stay for good. */
import { dissent } from '@consilium/crdt-schema/acts'
import type { Decision, Dissent } from '@consilium/crdt-schema/discussion'
import Gavel from 'lucide-solid/icons/gavel'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { capital, moment } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { OUTCOME_WORDS } from '../state/words.ts'
import { Composer } from './Composer.tsx'
import { Said } from './Said.tsx'
import { SaidMenu } from './SaidMenu.tsx'
import type { Place } from './takenOut.ts'
import { Words } from './Words.tsx'

export function DecisionCard(props: {
  readonly decision: Decision
  readonly dissents: readonly Dissent[]
}): JSX.Element {
  const desk = useDesk()
  const [writing, setWriting] = createSignal(false)
  const author = () => desk.document.authorOf(props.decision.id)
  const rationale = (): Place => ({ root: 'decisions', id: props.decision.id, field: 'rationale' })
  const adopted = () =>
    props.decision.adopted === null ? undefined : desk.shelves().annotations.get(props.decision.adopted)
  return (
    <article
      aria-label="Decision"
      class="flex flex-col gap-2.5 rounded-tile border border-line2 bg-bone-tint p-3"
    >
      <header class="flex items-center gap-2">
        <Gavel size={16} class="shrink-0 text-bone" aria-hidden="true" />
        <h3 class="flex-1 text-13 font-semibold text-bone">
          {capital(OUTCOME_WORDS[props.decision.outcome])}
        </h3>
        <span class="text-12 text-t2">{moment(props.decision.decidedAt, Date.now())}</span>
        <SaidMenu place={rationale()} text={props.decision.rationale} label="decision" />
      </header>
      <Words place={rationale()} text={props.decision.rationale} />
      <div class="flex items-center gap-2 text-12 text-t2">
        <span class="min-w-0 flex-1 truncate">
          Decided by {author()?.author.name ?? 'somebody whose name is on its way'}
        </span>
        <Show when={adopted()}>
          {(annotation) => (
            <Button size="bar" kind="quiet" onClick={() => desk.goTo(annotation())}>
              Show it
            </Button>
          )}
        </Show>
      </div>
      <For each={props.dissents}>
        {(said) => (
          <div class="border-t border-line2 pt-2.5">
            <Said
              place={{ root: 'dissents', id: said.id, field: 'text' }}
              what="dissent"
              lead="dissents"
              tone="warn"
              text={said.text}
              at={said.writtenAt}
            />
          </div>
        )}
      </For>
      <Show when={desk.rights.denied('dissents') === null}>
        <Show
          when={writing()}
          fallback={
            <Button size="bar" class="self-start" onClick={() => setWriting(true)}>
              Record a dissent
            </Button>
          }
        >
          <Composer
            label="Dissent"
            placeholder="What you hold against the decision"
            action="Record the dissent"
            focus
            keep={`dissent ${props.decision.id}`}
            onCancel={() => setWriting(false)}
            onSend={(text) => {
              const made = desk.act(dissent, { decision: props.decision.id, text })
              if (made !== undefined) setWriting(false)
              return made !== undefined
            }}
          />
        </Show>
      </Show>
    </article>
  )
}
