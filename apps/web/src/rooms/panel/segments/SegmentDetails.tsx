/** Below the chosen segment: how it is seen and where it lies, how large it is here, who painted how much, and how to be rid of it. */
import { retire } from '@consilium/crdt-schema/acts'
import ArrowDown from 'lucide-solid/icons/arrow-down'
import ArrowUp from 'lucide-solid/icons/arrow-up'
import Maximize from 'lucide-solid/icons/maximize-2'
import Trash2 from 'lucide-solid/icons/trash'
import { createSignal, type JSX, Show } from 'solid-js'
import { number, withUnit } from '../../../format.ts'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Slider } from '../../../parts/Slider.tsx'
import { Line } from '../annotations/Line.tsx'
import { ReasonForm } from '../annotations/ReasonForm.tsx'
import { OperationsForm } from '../operations/OperationsForm.tsx'
import { useDesk } from '../state/desk.ts'
import type { Statistics } from '../state/painting/canvases.ts'
import type { SegmentRow } from '../state/painting/segments.ts'
import { goToSlice } from './goToSlice.ts'
import { NameField } from './NameField.tsx'
import { Painters } from './Painters.tsx'
import { Said } from './Said.tsx'
import { extentOf, largestSlice, voxelWords } from './volumes.ts'

export function SegmentDetails(props: {
  readonly row: SegmentRow
  readonly counts: Statistics | null
}): JSX.Element {
  const desk = useDesk()
  const { painting, rights } = desk
  const [deleting, setDeleting] = createSignal(false)
  const id = () => props.row.id
  const largest = () => props.counts && largestSlice(props.counts)
  const here = () => {
    const frame = desk.view()?.frame ?? 0
    const slices = desk.series.current()?.slices ?? 1
    return props.counts?.slices.areaMm2(frame % slices) ?? 0
  }
  const extent = () => {
    const found = props.counts && extentOf(props.counts)
    if (!found) return null
    const [first, last] = found
    return first === last ? `slice ${first + 1}` : `slices ${first + 1}–${last + 1}`
  }
  const denied = () => rights.deniedChange(id(), 'retired')
  return (
    <div
      role="group"
      aria-label={`Segment ${props.row.title}`}
      class="flex flex-col gap-0.5 px-4 pt-2 pb-3 text-12"
    >
      <Line title="Name">
        <div class="flex items-center gap-1">
          <div class="min-w-0 flex-1">
            <NameField row={props.row} />
          </div>
          <IconButton
            icon={ArrowUp}
            label="One higher"
            size="small"
            side="left"
            onClick={() => painting.move(id(), 1)}
          />
          <IconButton
            icon={ArrowDown}
            label="One lower"
            size="small"
            side="left"
            onClick={() => painting.move(id(), -1)}
          />
        </div>
      </Line>
      <Line title="Opacity">
        <Slider
          bare
          label="Opacity"
          value={Math.round(100 * props.row.opacity)}
          format={(value) => `${value} %`}
          onInput={(value) => painting.looks.setOpacity(id(), value / 100)}
          onChange={(value) => painting.looks.setOpacity(id(), value / 100)}
        />
      </Line>
      <Show when={rights.denied('annotations') === null}>
        <Said annotation={props.row.annotation} />
      </Show>
      <Show when={props.counts?.voxels}>
        <Line title="Size" tall>
          <p class="pt-1.5 text-t1 tabular-nums">
            {voxelWords(props.counts)} · {extent()}
          </p>
          <p class="text-t2 tabular-nums">
            <span data-testid="slice-area">{withUnit(number(here(), 1), 'mm²')}</span> in this slice
          </p>
        </Line>
        <Line title="Painted by" tall>
          <Painters segment={id()} />
        </Line>
      </Show>
      <Show when={rights.denied('annotations') === null}>
        <div class="mt-2">
          <Line title="Operation" tall>
            <OperationsForm row={props.row} />
          </Line>
        </div>
      </Show>
      <Show
        when={deleting()}
        fallback={
          <div class="flex gap-1">
            <Show when={largest()}>
              {(found) => (
                <Button
                  size="bar"
                  icon={Maximize}
                  title={`Slice ${found().slice + 1}, ${withUnit(number(found().areaMm2, 1), 'mm²')}`}
                  onClick={() => goToSlice(desk, id(), found().slice)}
                >
                  Largest slice
                </Button>
              )}
            </Show>
            <span class="flex-1" />
            <Button
              size="bar"
              kind="quiet"
              icon={Trash2}
              disabled={denied() !== null}
              title={denied() ?? undefined}
              onClick={() => setDeleting(true)}
            >
              Delete
            </Button>
          </div>
        }
      >
        <ReasonForm
          label="Why is this segment deleted?"
          placeholder="What was painted in it stays in the history"
          required
          keep={`delete ${id()}`}
          action="Delete segment"
          onCancel={() => setDeleting(false)}
          onDone={(reason) => void desk.act(retire, id(), reason)}
        />
      </Show>
    </div>
  )
}
