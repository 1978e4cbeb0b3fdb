/** The image area: its panes as the layout says, a moment of the past beside them, and what lies over them. */

import { NOTHING } from '@consilium/viewer/nothing'
import type { Scene } from '@consilium/viewer/scene'
import { createEffect, createMemo, For, type JSX, mapArray, on, onCleanup, onMount, Show } from 'solid-js'
import { Late } from '../../parts/Late.tsx'
import { After, type Turn } from './After.tsx'
import { UNSEEN } from './later/files.ts'
import { lookOf } from './layout/look.ts'
import { PaneView } from './layout/PaneView.tsx'
import { viewOf } from './layout/viewOf.ts'
import { Peeking } from './Peeking.tsx'
import { useDesk } from './state/desk.ts'
import { createScene } from './state/scene.ts'
import { Twin } from './twin/Twin.tsx'
import { LazyVolume } from './volume/LazyVolume.tsx'
import { takeOver } from './volume/overFollowed.ts'

/** As many panes as any layout has; each keeps its number, so that a pane outlives a change of layout. */
const PANES = [0, 1, 2, 3] as const
/** The first one's picture does not wait for the others to be made, and each of these is made in a task of its own. */
const turnOf = (pane: (typeof PANES)[number]): Turn => (pane === 0 ? 0 : pane)

export function StagePane(): JSX.Element {
  const desk = useDesk()
  const { series, people, panes } = desk
  const isBeside = () => desk.comparison.from() !== null && desk.comparison.look() === 'side'
  const shown = createMemo(() => PANES.slice(0, panes.layout().panes))
  // One of each series on the screen, whichever panes show it.
  const inPanes = createMemo(() => [...new Set(shown().map((pane) => series.in(pane)?.id ?? ''))])
  const scenes = mapArray(inPanes, (id) => ({ id, scene: createScene(desk, id) }))
  const sceneOf = (id: string): Scene =>
    scenes()
      .find((one) => one.id === id)
      ?.scene() ?? NOTHING

  onMount(() =>
    people.onView((theirs) => {
      const view = viewOf(theirs)
      const pane = panes.showing(theirs.series)
      if (pane !== null) {
        panes.activate(pane)
        if (view.slicing) panes.setSlicing(pane, view.slicing)
        desk.stage()?.setView(view)
        panes.setLook(theirs.series, lookOf(view))
        if (theirs.crosshair) panes.point({ at: theirs.crosshair, by: pane })
      } else {
        series.choose(theirs.series, { point: theirs.center, frame: theirs.frame, view })
      }
      takeOver(desk, theirs)
    }),
  )
  // What was said of a hand that is not here any more.
  onCleanup(() => people.say({ cursor: null, draft: null }))
  createEffect(on(panes.active, () => people.say({ cursor: null }), { defer: true }))

  return (
    <div class="relative flex min-h-0 flex-1 bg-void max-read:h-[70vh] max-read:min-h-60 max-read:flex-none">
      <Show when={isBeside()}>
        <Late of={UNSEEN} waiting={<div class="min-w-0 flex-1 border-r border-line2" />}>
          {({ MomentPane }) => <MomentPane />}
        </Late>
      </Show>
      <div class="relative min-w-0 flex-1">
        <div
          data-testid="panes"
          data-layout={panes.layout().name}
          class={`absolute inset-0 grid gap-px bg-line2 ${panes.isMaximised() ? '' : panes.layout().grid}`}
        >
          <For each={shown()}>
            {(pane) => (
              <After turn={turnOf(pane)} fallback={<div class="bg-void" />}>
                <PaneView
                  pane={pane}
                  sceneOf={sceneOf}
                  class={
                    panes.isMaximised()
                      ? pane === panes.active()
                        ? ''
                        : 'hidden'
                      : pane === 0
                        ? panes.layout().first
                        : ''
                  }
                />
              </After>
            )}
          </For>
          <Show when={panes.layout().volume}>
            <LazyVolume sceneOf={sceneOf} class={panes.isMaximised() ? 'hidden' : ''} />
          </Show>
        </div>
        <Show when={isBeside()}>
          <Late of={UNSEEN}>{({ MomentBadge }) => <MomentBadge of="2" seq={desk.timeline.moment()} />}</Late>
        </Show>
        <Peeking />
        <After turn={4}>
          <Twin />
        </After>
        <Show when={desk.blame.pointed()} keyed>
          {(vertex) => <Late of={UNSEEN}>{({ BlameCard }) => <BlameCard vertex={vertex} />}</Late>}
        </Show>
        <Show when={desk.blame.pointed() === null && desk.painting.blame.credit()}>
          {(credit) => <Late of={UNSEEN}>{({ VoxelCard }) => <VoxelCard credit={credit()} />}</Late>}
        </Show>
      </div>
    </div>
  )
}
