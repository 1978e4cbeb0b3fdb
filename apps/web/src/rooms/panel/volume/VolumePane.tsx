/**
 * The pane that shows the series in view as a volume: its stage, which preset and from which side. Everything it needs comes with it when it is
 * first shown, vtk.js too; nothing of it is in what the page begins with.
 */
import { momentOf } from '@consilium/viewer/moments'
import type { Scene } from '@consilium/viewer/scene'
import { linesOf } from '@consilium/viewer/volume-lines'
import { type VolumePreset, volumePresetsFor } from '@consilium/viewer/volume-presets'
import { type Side, VolumeStage } from '@consilium/viewer/volume-stage'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createEffect, createMemo, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'
import { sameSpace } from '../state/space.ts'
import { createSegmentsIn3d } from './segments.ts'

const SIDES: readonly { readonly side: Side; readonly title: string }[] = [
  { side: 'front', title: 'From the front (A)' },
  { side: 'back', title: 'From the back (P)' },
  { side: 'right', title: 'From the right (R)' },
  { side: 'left', title: 'From the left (L)' },
  { side: 'head', title: 'From the head (H)' },
  { side: 'feet', title: 'From the feet (F)' },
]

interface VolumePaneProps {
  /** Of a series. */
  readonly sceneOf: (series: string) => Scene
}

export default function VolumePane(props: VolumePaneProps): JSX.Element {
  const desk = useDesk()
  const { panes } = desk
  let host: HTMLDivElement | undefined
  let stage: VolumeStage | null = null
  const [reason, setReason] = createSignal<string | null>(null)
  const [chosen, setChosen] = createSignal<VolumePreset | null>(null)
  const series = desk.series.current
  const opened = createMemo(() => desk.series.hold(series()?.id ?? ''))
  const frames = () => opened()?.frames() ?? null
  const moment = createMemo(() => {
    const [now, view] = [series(), desk.view()]
    return now && view?.series === now.id ? momentOf(view.frame, now) : 0
  })
  const offered = createMemo(() => volumePresetsFor(series()?.modality ?? ''))
  const preset = () => offered().find((one) => one === chosen()) ?? offered()[0]
  const segments = createSegmentsIn3d(desk)
  const above = createMemo(() => {
    const [now, found, crosshair] = [series(), frames(), panes.crosshair()]
    const by = crosshair && desk.series.in(crosshair.by)
    return {
      lines: now && found ? linesOf(found, props.sceneOf(now.id).annotations) : [],
      crosshair: crosshair && now && by && sameSpace(now, by) ? crosshair.at : null,
    }
  })

  onMount(() => {
    if (!host) return
    const made = new VolumeStage(host, {
      onMaximise: () => panes.setLayout(panes.layout().name === 'volume' ? 'space' : 'volume'),
      onFault: (sentence) => sentence !== null && desk.setNote(sentence),
    })
    stage = made
    createEffect(on([frames, moment], ([found, at]) => setReason(made.setSeries(found, at))))
    createEffect(() => made.setPreset(preset()))
    createEffect(() => made.setWindow(panes.look(series()?.id)?.window ?? null))
    createEffect(() => made.setSegments(segments.voxels(), segments.list()))
    createEffect(() => made.setAbove(above()))
  })
  onCleanup(() => stage?.destroy())

  const picture = (): HTMLElement | null => host?.querySelector<HTMLElement>('.cs-picture') ?? null
  return (
    <div class="relative h-full w-full overflow-hidden" data-testid="volume">
      <div
        class="absolute inset-0"
        ref={(element) => {
          host = element
        }}
      />
      <Show when={reason() === null}>
        <div class="absolute top-1.5 left-1.5 z-10 flex items-center gap-1 rounded-control bg-black/60">
          <Menu
            focusAfter={picture}
            trigger={(trigger: object) => (
              <Button
                {...trigger}
                size="bar"
                kind="quiet"
                after={ChevronDown}
                aria-label={`What is seen in 3D: ${preset().title}`}
              >
                {preset().title}
              </Button>
            )}
            items={offered().map((one) => ({
              title: one.title,
              current: one === preset(),
              onSelect: () => setChosen(one),
            }))}
          />
          <Menu
            focusAfter={picture}
            trigger={(trigger: object) => (
              <IconButton {...trigger} icon={RotateCcw} size="bar" label="See it from a side" />
            )}
            items={SIDES.map(({ side, title }) => ({
              title,
              ...(side === 'front' ? { hint: 'Home' } : {}),
              onSelect: () => stage?.seeFrom(side),
            }))}
          />
        </div>
      </Show>
    </div>
  )
}
