/** A number one may also type, in a bar: taken over when the field is left, or by Enter. */
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'

interface NumberBoxProps {
  readonly label: string
  readonly unit?: string
  readonly value: number
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly onChange: (value: number) => void
}

export function NumberBox(props: NumberBoxProps): JSX.Element {
  const id = createUniqueId()
  /** While somebody types. */
  const [typed, setTyped] = createSignal<string | null>(null)
  const take = (): void => {
    const value = Number(typed()?.replace(',', '.'))
    if (typed()?.trim() && Number.isFinite(value))
      props.onChange(
        Math.min(
          props.max ?? Number.POSITIVE_INFINITY,
          Math.max(props.min ?? Number.NEGATIVE_INFINITY, value),
        ),
      )
    setTyped(null)
  }
  return (
    <span class="flex shrink-0 items-center gap-1.5 text-12 text-t2">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="number"
        min={props.min}
        max={props.max}
        step={props.step}
        value={typed() ?? props.value}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
        }}
        class="h-7 w-16 rounded-control border border-line2 bg-s1 px-2 text-right text-12 text-t1 tabular-nums"
      />
      <Show when={props.unit}>
        <span class="text-t3">{props.unit}</span>
      </Show>
    </span>
  )
}
