/** Moment 1 in a pane of its own, beside the one shown: same series, slice, place and window; nothing in it can be changed. */
import type { SceneAnnotation } from '@consilium/viewer/scene'
import { ACQUIRED } from '@consilium/viewer/slicing'
import { Stage } from '@consilium/viewer/stage'
import { createEffect, createMemo, type JSX, on, onCleanup, onMount } from 'solid-js'
import { labelColour } from '../../../parts/colours.ts'
import { useDesk } from '../state/desk.ts'
import { onFrame } from '../state/scene.ts'
import { MomentBadge } from './MomentBadge.tsx'

const nothing = (): void => {}

export function MomentPane(): JSX.Element {
  const desk = useDesk()
  const { series, comparison, choices, view } = desk
  let host: HTMLDivElement | undefined
  const annotations = createMemo((): SceneAnnotation[] => {
    const current = series.current()?.id
    const all = comparison.records()?.shelves.annotations.all() ?? []
    return all
      .filter(
        ({ id, source, retired }) => source.series === current && retired === null && !choices.isHidden(id),
      )
      .map((annotation) => ({
        annotation,
        colour: labelColour(desk.labelNumber(annotation.label)),
        title: desk.labelTitle(annotation.label),
        heldBy: [],
        disputed: false,
      }))
  })

  onMount(() => {
    if (!host) return
    const stage = new Stage(host, {
      onDraft: nothing,
      onCreate: nothing,
      onMove: nothing,
      onSelect: (id) => choices.select(id),
      onOpenPin: nothing,
      onPlacePin: nothing,
      onProbe: nothing,
      onView: (theirs) => desk.stage()?.setView(theirs),
    })
    createEffect(
      on(series.frames, (frames) => {
        stage.setSeries(frames)
        const now = view()
        if (now) stage.setView(now)
      }),
    )
    createEffect(() => {
      const now = view()
      if (now) stage.setView({ slicing: ACQUIRED, ...now, pane: undefined })
    })
    createEffect(() =>
      stage.render({
        annotations: annotations(),
        drafts: [],
        peers: [],
        pins: [],
        selection: choices.selection(),
        readOnly: true,
        mayComment: false,
        mayMove: () => false,
        label: '',
        labelColour: labelColour(undefined),
      }),
    )
    onCleanup(() => stage.destroy())
  })

  return (
    <div class="relative min-w-0 flex-1 border-r border-line2">
      <div
        ref={(element) => {
          host = element
        }}
        data-testid="moment-1"
        data-annotations={onFrame(annotations(), view()?.frame ?? 0).length}
        class="absolute inset-0 overflow-hidden"
      />
      <MomentBadge of="1" seq={comparison.from() ?? 0} />
    </div>
  )
}
