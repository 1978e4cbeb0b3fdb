/** How the picture is shown, for hands that do not drag: level, width and zoom, each said in words. Slices and moments have their own beside the picture. */

import { isColour } from '@consilium/viewer/window'
import { type JSX, Show } from 'solid-js'
import { number, withUnit } from '../../../format.ts'
import { Slider } from '../../../parts/Slider.tsx'
import { useDesk } from '../state/desk.ts'
import { valueText } from '../state/values.ts'
import { createRested } from './createRested.ts'

/** Doublings of the size of a pixel on the screen: from a sixteenth to 64 times. */
const ZOOM = { min: -4, max: 6, step: 0.25 } as const

/** `isSeen`: somebody looks at them, or has a hand on one. */
export function LookSliders(props: { readonly isSeen: boolean }): JSX.Element {
  const desk = useDesk()
  const { series, stage, people } = desk
  const view = createRested(desk.view, () => props.isSeen)
  const current = () => series.current()
  const window = () => view()?.window
  const range = () => current()?.rescaled ?? { min: 0, max: 1 }
  const span = () => Math.max(range().max - range().min, Number.MIN_VALUE)
  /** Whole values where there are many of them. */
  const step = () => (span() >= 256 ? 1 : span() / 256)
  const said = (value: number): string => {
    const shown = current()
    return shown ? valueText(value, shown) : number(value)
  }
  const set = (change: { center?: number; width?: number }): void => {
    const now = window()
    if (!now) return
    people.leave()
    stage()?.setWindow({ center: now.center, width: now.width, ...change })
  }
  const doublings = (): number | null => {
    const [shown, now] = [current(), view()]
    if (!shown || !now) return null
    return Math.log2(Math.min(shown.spacing.row, shown.spacing.column) / now.mmPerPixel)
  }
  const zoom = (to: number): void => {
    const now = doublings()
    if (now === null) return
    people.leave()
    stage()?.zoomBy(2 ** (to - now))
  }
  return (
    <div
      role="group"
      aria-label="How the picture is shown"
      class="flex flex-col gap-1 *:[&>:last-child]:min-w-17 [&_label]:w-15"
    >
      <Show when={window()}>
        {(now) => (
          <>
            <Slider
              label={isColourNow(current()) ? 'Brightness' : 'Level'}
              value={now().center}
              min={range().min}
              max={range().max}
              step={step()}
              format={said}
              onInput={(center) => set({ center })}
              onChange={(center) => set({ center })}
            />
            <Slider
              label={isColourNow(current()) ? 'Contrast' : 'Width'}
              value={now().width}
              min={step()}
              max={span()}
              step={step()}
              format={said}
              onInput={(width) => set({ width })}
              onChange={(width) => set({ width })}
            />
          </>
        )}
      </Show>
      <Show when={doublings()}>
        {(now) => (
          <Slider
            label="Zoom"
            value={now()}
            {...ZOOM}
            format={(value) => withUnit(number(100 * 2 ** value), '%')}
            onInput={zoom}
            onChange={zoom}
          />
        )}
      </Show>
    </div>
  )
}

const isColourNow = (series: Parameters<typeof isColour>[0] | null): boolean =>
  series !== null && isColour(series)
