/** Below the options while a series lies over the one in view: which, in which colours, how opaque. */
import { COLOUR_TABLES, COLOUR_TITLES, type ColourTable } from '@consilium/viewer/colours'
import X from 'lucide-solid/icons/x'
import { type JSX, Show } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Select } from '../../../parts/Select.tsx'
import { Slider } from '../../../parts/Slider.tsx'
import { useDesk } from '../state/desk.ts'
import type { Laid } from './fusion.ts'

const COLOURS = COLOUR_TABLES.map((value) => ({ value, title: COLOUR_TITLES[value] }))

export function FusionBar(): JSX.Element {
  const { fusion, people, series } = useDesk()
  const below = () => series.current()?.id ?? ''
  const laid = () => fusion.laidOn(below())
  const over = () => series.all.find(({ id }) => id === laid()?.series)
  const lay = (next: Laid | null): void => {
    people.leave()
    fusion.lay(below(), next)
  }
  const change = (part: Partial<Laid>): void => {
    const now = laid()
    if (now) lay({ ...now, ...part })
  }
  return (
    <Show when={laid()}>
      {(now) => (
        <div
          role="toolbar"
          aria-label="What lies over"
          class="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-s1 px-3 text-12 text-t2 max-list:h-auto max-list:min-h-10 max-list:flex-wrap max-list:gap-y-1 max-list:py-1"
        >
          <span>
            {over()?.modality} over {series.current()?.modality}
          </span>
          <Select<ColourTable>
            bare
            label="Colours of what lies over"
            look="filled"
            size="bar"
            options={COLOURS}
            value={now().colours}
            onChange={(colours) => change({ colours })}
            class="w-40"
          />
          <div class="w-64 max-w-full">
            <Slider
              label="Opacity"
              value={Math.round(now().opacity * 100)}
              step={5}
              format={(share) => `${share} %`}
              onInput={(share) => change({ opacity: share / 100 })}
              onChange={(share) => change({ opacity: share / 100 })}
            />
          </div>
          <IconButton icon={X} size="bar" label="Take it off" onClick={() => lay(null)} class="ml-auto" />
        </div>
      )}
    </Show>
  )
}
