/** What can be done with the chosen segment as a whole: one thing is chosen, with its measure, and done by Enter or the button. */
import { createMemo, createSignal, type JSX, Match, Switch } from 'solid-js'
import { Button } from '../../../parts/Button.tsx'
import { Select } from '../../../parts/Select.tsx'
import { NumberBox } from '../segments/NumberBox.tsx'
import { useDesk } from '../state/desk.ts'
import type { SegmentRow } from '../state/painting/segments.ts'
import type { Asked, Combining } from './asked.ts'

const OFFERED = [
  { value: 'between', title: 'Fill between slices' },
  { value: 'grow', title: 'Grow' },
  { value: 'shrink', title: 'Shrink' },
  { value: 'smooth', title: 'Smooth' },
  { value: 'largest', title: 'Keep the largest part' },
  { value: 'islands', title: 'Remove small parts' },
  { value: 'next', title: 'Copy to the next slice' },
  { value: 'previous', title: 'Copy to the previous slice' },
  { value: 'union', title: 'Add another segment' },
  { value: 'intersection', title: 'Keep what lies in another' },
  { value: 'difference', title: 'Take away another' },
] as const
type Offered = (typeof OFFERED)[number]['value']

const BY_MM: readonly Offered[] = ['grow', 'shrink', 'smooth']
const COMBINES: readonly Offered[] = ['union', 'intersection', 'difference']
/** mm; beyond it the page would have to refuse. */
const MOST_MM: Readonly<Record<string, number>> = { grow: 50, shrink: 50, smooth: 10 }

export function OperationsForm(props: { readonly row: SegmentRow }): JSX.Element {
  const { painting } = useDesk()
  const { operations } = painting
  const [what, setWhat] = createSignal<Offered>('between')
  const [mm, setMm] = createSignal(2)
  const [mm3, setMm3] = createSignal(10)
  const others = createMemo(() => painting.segments().filter(({ id }) => id !== props.row.id))
  const [picked, setPicked] = createSignal<string | null>(null)
  const other = () => others().find(({ id }) => id === picked()) ?? others().at(-1) ?? null
  const offered = createMemo(() =>
    OFFERED.filter(({ value }) => others().length > 0 || !COMBINES.includes(value)),
  )
  const asked = (): Asked | null => {
    const chosen = what()
    const with_ = other()
    if (COMBINES.includes(chosen))
      return with_ && { what: 'combine', how: chosen as Combining, other: with_.id }
    switch (chosen) {
      case 'grow':
        return { what: 'margin', mm: mm() }
      case 'shrink':
        return { what: 'margin', mm: -mm() }
      case 'smooth':
        return { what: 'smooth', mm: mm() }
      case 'islands':
        return { what: 'islands', mm3: mm3() }
      case 'next':
      case 'previous':
        return { what: 'copy', to: chosen }
      case 'largest':
        return { what: 'largest' }
      default:
        return { what: 'between' }
    }
  }
  const start = (): void => {
    const now = asked()
    if (now) operations.start(now)
  }
  return (
    <form
      aria-label="Operation on the segment"
      class="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <Select
        bare
        label="Operation"
        size="bar"
        options={offered()}
        value={what()}
        onChange={(value) => setWhat(value as Offered)}
        class="w-full"
      />
      <Switch>
        <Match when={BY_MM.includes(what())}>
          <NumberBox
            label="by"
            unit="mm"
            value={mm()}
            min={0.1}
            max={MOST_MM[what()]}
            step={0.1}
            onChange={setMm}
          />
        </Match>
        <Match when={what() === 'islands'}>
          <NumberBox label="below" unit="mm³" value={mm3()} min={0} step={1} onChange={setMm3} />
        </Match>
        <Match when={COMBINES.includes(what())}>
          <Select
            bare
            label="The other segment"
            size="bar"
            options={others().map(({ id, title }) => ({ value: id, title }))}
            value={other()?.id ?? null}
            onChange={setPicked}
            class="min-w-0 flex-1"
          />
        </Match>
      </Switch>
      <Button
        size="bar"
        kind="secondary"
        type="submit"
        class="ml-auto"
        disabled={operations.running() !== null}
      >
        Apply
      </Button>
    </form>
  )
}
