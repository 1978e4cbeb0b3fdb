/** A number between two, by thumb, by arrows, and said in figures at the right. Null: nobody has said; then there is no thumb colour. */
import * as K from '@kobalte/core/slider'
import type { JSX } from 'solid-js'

interface SliderProps {
  readonly label: string
  /** Shows no name; it stays for screen readers. */
  readonly bare?: boolean
  readonly value: number | null
  /** While it moves. */
  readonly onInput?: (value: number) => void
  /** When it is let go. */
  readonly onChange: (value: number) => void
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly format?: (value: number) => string
  readonly disabled?: boolean
}

export function Slider(props: SliderProps): JSX.Element {
  const min = () => props.min ?? 0
  const max = () => props.max ?? 100
  const said = () => props.value !== null
  return (
    <K.Root
      value={[props.value ?? (min() + max()) / 2]}
      onChange={([value]) => {
        if (value !== undefined) props.onInput?.(value)
      }}
      onChangeEnd={([value]) => {
        if (value !== undefined) props.onChange(value)
      }}
      minValue={min()}
      maxValue={max()}
      step={props.step ?? 1}
      disabled={props.disabled}
      class="flex w-full items-center gap-3 data-disabled:opacity-60"
    >
      <K.Label class={props.bare ? 'sr-only' : 'text-12 text-t2'}>{props.label}</K.Label>
      <K.Track class="relative flex h-6 flex-1 items-center">
        <span class="absolute h-1 w-full rounded-full bg-s4 forced-colors:border-y" />
        <K.Fill
          class={`absolute h-1 rounded-full forced-colors:border-y-2 ${said() ? 'bg-bone' : 'bg-transparent'}`}
        />
        <K.Thumb
          aria-valuetext={props.value === null ? 'not said' : (props.format ?? String)(props.value)}
          class={`target block size-3.5 rounded-full border-2 ${said() ? 'border-bone bg-bone' : 'border-ctl bg-s1'}`}
        />
      </K.Track>
      <span class="min-w-7 text-right text-13 font-medium text-t1" aria-hidden="true">
        {props.value === null ? '–' : (props.format ?? String)(props.value)}
      </span>
    </K.Root>
  )
}
