/**
 * How the adjudicator settles a dispute: accept, reject, or adopt an amended version, always with a rationale. The amended version is
 * another annotation: one that is there, or a copy made here and changed on the image before it is adopted.
 */
import { annotate, decide } from '@consilium/crdt-schema/acts'
import { type Outcome, TEXT_LIMITS, type Thread } from '@consilium/crdt-schema/discussion'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf } from '@consilium/crdt-schema/kinds'
import CopyPlus from 'lucide-solid/icons/copy-plus'
import Gavel from 'lucide-solid/icons/gavel'
import { createMemo, createSignal, type JSX, Show, untrack } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { TextArea } from '../../../parts/Field.tsx'
import { Segmented } from '../../../parts/Segmented.tsx'
import { Select } from '../../../parts/Select.tsx'
import { Swatch } from '../../../parts/Swatch.tsx'
import { useDesk } from '../state/desk.ts'
import { createTyping } from '../state/typing.ts'

const OUTCOMES: readonly { value: Outcome; title: string }[] = [
  { value: 'accepted', title: 'Accept' },
  { value: 'rejected', title: 'Reject' },
  { value: 'amended', title: 'Amend' },
]

export function DecisionForm(props: { readonly thread: Thread }): JSX.Element {
  const desk = useDesk()
  const [outcome, setOutcome] = createSignal<Outcome | null>(null)
  const [adopted, setAdopted] = createSignal<EntryKey | null>(null)
  const {
    text: rationale,
    setText: setRationale,
    done,
  } = createTyping(`rationale ${untrack(() => props.thread.id)}`)
  const disputed = () => {
    const id = props.thread.anchor.annotation
    return id === null ? undefined : desk.shelves().annotations.get(id)
  }
  const others = createMemo(() =>
    desk
      .shelves()
      .annotations.all()
      .filter(({ id, retired }) => retired === null && id !== props.thread.anchor.annotation)
      .map((annotation) => ({
        value: annotation.id,
        title: [
          kindOf(annotation.kind).title,
          desk.labelTitle(annotation.label),
          desk.frameWords(annotation.source.series, annotation.source.frame),
          desk.document.authorOf(annotation.id)?.author.name,
        ]
          .filter(Boolean)
          .join(', '),
        before: () => <Swatch colour={desk.labelNumber(annotation.label)} />,
      })),
  )
  const missing = () => {
    if (outcome() === null) return 'Choose how it ends.'
    if (outcome() === 'amended' && adopted() === null) return 'Choose the version that is adopted.'
    if (rationale().trim() === '') return 'Say why: the rationale is part of the record.'
    return null
  }
  const copy = (): void => {
    const original = disputed()
    if (!original) return
    const made = desk.act(annotate, {
      kind: original.kind,
      label: original.label,
      source: original.source,
      points: original.vertices.map(({ at }) => at),
      ...(original.certainty === null ? {} : { certainty: original.certainty }),
      ...(original.confidence === null ? {} : { confidence: original.confidence }),
      reasoning: original.reasoning,
    })
    if (made === undefined) return
    setAdopted(made)
    desk.choices.select(made)
    desk.choices.setTool('select')
  }
  const send = (): void => {
    const chosen = outcome()
    if (missing() !== null || chosen === null) return
    const made = desk.act(decide, {
      thread: props.thread.id,
      outcome: chosen,
      rationale: rationale().trim(),
      adopted: chosen === 'amended' ? adopted() : null,
    })
    if (made !== undefined) done()
  }
  return (
    <form
      aria-label="Decision"
      class="flex flex-col gap-2.5 rounded-tile border border-line2 bg-s3 p-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <h3 class="text-13 font-semibold text-t1">Settle this dispute</h3>
      <Segmented<Outcome>
        label="Outcome"
        wide
        size="bar"
        choices={OUTCOMES}
        value={outcome()}
        onChange={setOutcome}
      />
      <Show when={outcome() === 'amended'}>
        <div class="flex flex-col gap-2">
          <Select
            label="Version that is adopted"
            size="bar"
            options={others()}
            value={adopted()}
            placeholder="Another annotation"
            onChange={setAdopted}
          />
          <Show when={disputed()}>
            <Button size="bar" icon={CopyPlus} onClick={copy}>
              Amend a copy on the image
            </Button>
          </Show>
        </div>
      </Show>
      <TextArea
        label="Rationale"
        value={rationale()}
        onInput={setRationale}
        maxLength={TEXT_LIMITS.rationale}
        rows={3}
        placeholder="What the decision rests on"
      />
      <div class="flex items-center gap-2">
        <span class="min-w-0 flex-1 text-12 text-t2">{missing()}</span>
        <Button size="bar" kind="primary" type="submit" icon={Gavel} disabled={missing() !== null}>
          Decide
        </Button>
      </div>
    </form>
  )
}
