/** Options of the tools that paint: into which segment, with which brush. */
import { isPaintTool, isSeedTool } from '@consilium/viewer/scene'
import Circle from 'lucide-solid/icons/circle'
import Square from 'lucide-solid/icons/square'
import { createMemo, type JSX, Show } from 'solid-js'
import { number } from '../../../format.ts'
import { Button } from '../../../parts/Button.tsx'
import { Segmented } from '../../../parts/Segmented.tsx'
import { Select } from '../../../parts/Select.tsx'
import { SeedOptions } from '../operations/SeedOptions.tsx'
import { useDesk } from '../state/desk.ts'
import { LARGEST_MM, SIZE_STEP_MM, SMALLEST_MM, sizeOf } from '../state/painting/brush.ts'
import { hasSize } from '../state/painting/sized.ts'
import { DepthChoice } from './DepthChoice.tsx'
import { NumberBox } from './NumberBox.tsx'
import { PenOption } from './PenOption.tsx'

export function PaintOptions(): JSX.Element {
  const { choices, painting } = useDesk()
  const { brush } = painting
  const segments = createMemo(() =>
    painting
      .segments()
      .toReversed()
      .map(({ id, title, colour }) => ({
        value: id,
        title,
        before: () => <span class="size-3 rounded-swatch" style={{ 'background-color': colour }} />,
      })),
  )
  const seedTool = () => {
    const tool = choices.tool()
    return isSeedTool(tool) ? tool : null
  }
  const range = () => painting.scene()?.settings.range ?? { min: 0, max: 0 }
  return (
    <>
      <Show
        when={segments().length > 0}
        fallback={
          <span class="max-w-60 min-w-28 grow basis-28 text-12 text-t2">
            Make a segment first, at the right.
          </span>
        }
      >
        <Select
          bare
          label="Segment that is painted in"
          look="filled"
          size="bar"
          placeholder="Choose a segment"
          options={segments()}
          value={painting.chosen()?.id ?? null}
          onChange={painting.choose}
          class="max-w-44 grow basis-24"
        />
      </Show>
      <Show when={hasSize(choices.tool())}>
        <NumberBox
          label="Size"
          unit="mm"
          value={brush.sizeMm()}
          min={SMALLEST_MM}
          max={LARGEST_MM}
          step={SIZE_STEP_MM}
          onChange={(mm) => brush.setSizeMm(sizeOf(mm))}
        />
        <DepthChoice />
        <Show when={!brush.ball()}>
          <Segmented<'round' | 'square'>
            label="Shape of the brush"
            size="bar"
            choices={[
              { value: 'round', title: 'Round', icon: Circle, bare: true },
              { value: 'square', title: 'Square', icon: Square, bare: true },
            ]}
            value={brush.square() ? 'square' : 'round'}
            onChange={(value) => brush.setSquare(value === 'square')}
          />
        </Show>
      </Show>
      <Show when={hasSize(choices.tool())}>
        <PenOption />
      </Show>
      <Show when={seedTool()}>{(tool) => <SeedOptions tool={tool()} />}</Show>
      <Show
        when={
          choices.tool() === 'threshold-brush' ||
          (choices.tool() === 'grow' && painting.operations.growth.isLimited())
        }
      >
        <NumberBox
          label="From"
          value={Math.round(range().min)}
          max={range().max}
          onChange={(min) => brush.setRange({ ...range(), min })}
        />
        <NumberBox
          label="to"
          value={Math.round(range().max)}
          min={range().min}
          onChange={(max) => brush.setRange({ ...range(), max })}
        />
      </Show>
      <Show when={isPaintTool(choices.tool()) && choices.tool() !== 'eraser' && segments().length > 1}>
        <Button
          size="bar"
          kind={brush.exclusive() ? 'primary' : 'quiet'}
          aria-pressed={brush.exclusive()}
          title={`What is painted is taken from the ${number(segments().length - 1)} other segments`}
          onClick={() => brush.setExclusive(!brush.exclusive())}
        >
          Exclusive
        </Button>
      </Show>
    </>
  )
}
