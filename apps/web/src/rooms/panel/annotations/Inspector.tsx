/**
 * What is said about the chosen annotation, and by whom. Words are written as revisions when one pauses or leaves the field, not at
 * every key; what somebody else writes meanwhile comes in as long as one is not typing oneself.
 */
import { retire, setConfidence } from '@consilium/crdt-schema/acts'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import LockKeyhole from 'lucide-solid/icons/lock-keyhole'
import MessageSquarePlus from 'lucide-solid/icons/message-square-plus'
import Scale from 'lucide-solid/icons/scale'
import Trash2 from 'lucide-solid/icons/trash'
import UserSearch from 'lucide-solid/icons/user-search'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { capital, number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button } from '../../../parts/Button.tsx'
import { Slider } from '../../../parts/Slider.tsx'
import { spokenKeys } from '../../../parts/spokenKeys.ts'
import { WhoMade } from '../blame/WhoMade.tsx'
import { ValuesAlong } from '../measures/ValuesAlong.tsx'
import { ValuesInside } from '../measures/ValuesInside.tsx'
import { useDesk } from '../state/desk.ts'
import { createLookups } from '../state/lookups.ts'
import { besideOf, measuresOf, whyInPixels } from '../state/measures.ts'
import { revisionWords } from '../state/words.ts'
import { DisputeForm } from './DisputeForm.tsx'
import { Line } from './Line.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import { Reasoning } from './Reasoning.tsx'
import { CertaintyChoice, LabelChoice } from './SaidChoices.tsx'

export function Inspector(props: {
  readonly annotation: Annotation
  readonly disputed: boolean
}): JSX.Element {
  const desk = useDesk()
  const { rights, choices } = desk
  const { asking, ask } = choices
  const id = () => props.annotation.id
  /** Why this reader may not change it. One answer for all its fields: they differ in nothing but what is asked of its deletion. */
  const denied = () => rights.deniedChange(id(), 'label')
  const locked = () => denied() !== null
  const measures = () => measuresOf(desk, props.annotation)
  return (
    <div
      role="group"
      aria-label="Selected annotation"
      class="flex flex-col gap-1.5 border-b border-line px-4 pt-3 pb-4"
    >
      <Line title="Label">
        <LabelChoice annotation={props.annotation} locked={locked()} />
      </Line>
      <Line title="Certainty">
        <CertaintyChoice annotation={props.annotation} locked={locked()} />
      </Line>
      <Line title="Confidence">
        <Slider
          bare
          label="Confidence"
          value={props.annotation.confidence}
          disabled={locked()}
          onChange={(value) => desk.act(setConfidence, id(), value)}
        />
      </Line>
      <Line title="Reasoning" tall>
        <Reasoning id={id()} text={props.annotation.reasoning} locked={locked()} />
      </Line>
      <Show when={measures().length > 0}>
        <Line title="Size" tall>
          <dl class="flex flex-wrap gap-x-3 py-1 text-13 text-t1">
            <For each={measures()}>
              {(measure) => (
                <div class="flex gap-1">
                  <dt class="text-t3">{capital(measure.name)}</dt>
                  <dd>{measure.text}</dd>
                </div>
              )}
            </For>
          </dl>
          <Show when={whyInPixels(desk, props.annotation)}>
            {(why) => (
              <p class="pb-1 text-12 text-t3" data-testid="in-pixels">
                {why()}
              </p>
            )}
          </Show>
        </Line>
      </Show>
      <ValuesInside annotation={props.annotation} />
      <ValuesAlong annotation={props.annotation} />
      <Who annotation={props.annotation} />
      <Button
        size="bar"
        kind={desk.blame.isOn() ? 'secondary' : 'outline'}
        icon={UserSearch}
        aria-pressed={desk.blame.isOn()}
        aria-keyshortcuts={spokenKeys(desk.keymap.hint('line.blame'))}
        class="self-start"
        onClick={desk.blame.toggle}
      >
        Who made this
      </Button>
      <Show when={desk.blame.isOn()}>
        <WhoMade annotation={props.annotation} />
      </Show>
      <Show when={!desk.past.isPast() && denied()}>
        {(why) => (
          <p class="flex gap-2 pb-1 text-12 text-t2" data-testid="locked">
            <LockKeyhole size={14} class="mt-px shrink-0 text-t3" aria-hidden="true" />
            {why()}
          </p>
        )}
      </Show>
      <Switch>
        <Match when={asking() === 'delete'}>
          <ReasonForm
            label="Why is it deleted?"
            action="Delete"
            placeholder="The reason stays in the record"
            required
            keep={`delete ${id()}`}
            onDone={(reason) => {
              desk.act(retire, id(), reason)
              choices.select(null)
            }}
            onCancel={() => ask(null)}
          />
        </Match>
        <Match when={asking() === 'dispute'}>
          <DisputeForm annotation={props.annotation} onClose={() => ask(null)} />
        </Match>
        <Match when={asking() === null}>
          <div class="flex flex-wrap gap-1.5">
            <Show when={rights.denied('threads') === null}>
              <Button
                size="bar"
                icon={MessageSquarePlus}
                onClick={() => {
                  choices.openThread(null)
                  choices.setPin({
                    series: props.annotation.source.series,
                    frame: props.annotation.source.frame,
                    point: besideOf(desk, props.annotation),
                    annotation: id(),
                  })
                  choices.setTab('discussion')
                }}
              >
                Comment
              </Button>
              <Show when={!props.disputed}>
                <Button size="bar" icon={Scale} onClick={() => ask('dispute')}>
                  Dispute
                </Button>
              </Show>
            </Show>
            <Show when={rights.deniedChange(id(), 'retired') === null}>
              <Button
                size="bar"
                kind="quiet"
                tone="bad"
                icon={Trash2}
                class="ml-auto"
                onClick={() => ask('delete')}
              >
                Delete
              </Button>
            </Show>
          </div>
        </Match>
      </Switch>
    </div>
  )
}

/** Author, and the last change with its revision. */
function Who(props: { readonly annotation: Annotation }): JSX.Element {
  const desk = useDesk()
  const author = () => desk.document.authorOf(props.annotation.id)
  const last = () => desk.revisions.lastTouch(props.annotation.id, desk.past.past()?.seq)
  const lookups = createLookups(desk)
  return (
    <div class="my-1 flex items-center gap-2.5 border-t border-line pt-3">
      <Show when={author()} fallback={<span class="text-12 text-t3">The author’s name is on its way.</span>}>
        {(found) => (
          <>
            <Avatar initials={found().author.initials} order={found().colour} size={26} role={found().role} />
            <span class="flex min-w-0 flex-col">
              <span class="truncate text-12 text-t2">Drawn by {found().author.name}</span>
              <Show when={last()}>
                {(revision) => (
                  <span class="text-12 text-pretty text-t3">
                    {revisionWords(revision(), lookups).title}
                    {revision().author.id === found().author.id ? '' : ` by ${revision().author.name}`} ·
                    revision {number(revision().seq)} · {timeOfDay(revision().at)}
                  </span>
                )}
              </Show>
            </span>
          </>
        )}
      </Show>
    </div>
  )
}
