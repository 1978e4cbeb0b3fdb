/** A new segment: what it is of, what it is called, and its colour. Proposed so that Enter alone makes a good one. */
import { createSignal, For, type JSX } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { LABEL_COLOURS } from '../../../parts/colours.ts'
import { Field } from '../../../parts/Field.tsx'
import { Select } from '../../../parts/Select.tsx'
import { Swatch } from '../../../parts/Swatch.tsx'
import { useDesk } from '../state/desk.ts'

export function NewSegmentForm(props: { readonly onDone: () => void }): JSX.Element {
  const { kase, choices, painting } = useDesk()
  const [wanted, setWanted] = createSignal(painting.proposed(choices.label()))
  const make = (): void => {
    const { name, ...rest } = wanted()
    if (!painting.create({ ...rest, name: name.trim() })) return
    choices.setTool('brush')
    props.onDone()
  }
  return (
    <form
      aria-label="New segment"
      class="flex flex-col gap-2 px-4 pt-0.5 pb-3"
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onDone()
      }}
    >
      <div class="grid grid-cols-2 gap-2">
        <Select
          bare
          label="Label of the segment"
          size="bar"
          options={kase.labels.map(({ key, title, colour }) => ({
            value: key,
            title,
            before: () => <Swatch colour={colour} />,
          }))}
          value={wanted().label}
          onChange={(label) => setWanted(painting.proposed(label))}
        />
        <Field
          bare
          label="Name of the segment"
          size="bar"
          value={wanted().name}
          onInput={(name) => setWanted((now) => ({ ...now, name }))}
        />
      </div>
      <div class="flex items-center gap-2">
        <ColourChoice
          value={wanted().colour}
          onChange={(colour) => setWanted((now) => ({ ...now, colour }))}
        />
        <span class="flex-1" />
        <Button size="bar" kind="primary" type="submit">
          Make it
        </Button>
      </div>
    </form>
  )
}

/** Colours that stay apart under every colour blindness; each has a number, so that none has to be told by its hue. */
function ColourChoice(props: {
  readonly value: string
  readonly onChange: (colour: string) => void
}): JSX.Element {
  return (
    <div role="radiogroup" aria-label="Colour of the segment" class="flex gap-0.5">
      <For each={LABEL_COLOURS}>
        {(colour, index) => (
          <button
            type="button"
            role="radio"
            aria-checked={props.value === colour.toLowerCase()}
            aria-label={`Colour ${index() + 1}`}
            class="target flex size-5 items-center justify-center rounded-full border-2 border-transparent aria-checked:border-t1"
            onClick={() => props.onChange(colour.toLowerCase())}
          >
            <span class="size-3 rounded-swatch" style={{ 'background-color': colour }} />
          </button>
        )}
      </For>
    </div>
  )
}
