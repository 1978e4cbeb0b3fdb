/** The scene as a pane shows it: what is told by slices as they were taken becomes frames of the pane. */
import { meetingOf, type Shown as Sheet } from '../overlay/meets.ts'
import type { MetAnnotation } from '../overlay/met.ts'
import { frameAt } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Scene, Shown } from './scene.ts'

/** Peers and comment pins, in planes across the series. */
function sceneOn(series: SeriesFrames, scene: Scene): Scene {
  const placed = <T extends { readonly frame: number; readonly at: Scene['pins'][number]['at'] }>(
    one: T,
  ): T => ({
    ...one,
    frame: frameAt(series, one.frame, one.at),
  })
  return { ...scene, peers: scene.peers.map(placed), pins: scene.pins.map(placed) }
}

/** How much of a scene (of this pane) is on what it shows; `met` are its annotations that are. */
export function countsOn(scene: Scene, met: readonly MetAnnotation[], sheet: Sheet): Shown {
  return {
    annotations: met.length,
    drafts: scene.drafts.filter((draft) => meetingOf(draft, sheet) !== null).length,
    peers: scene.peers.filter((peer) => peer.frame === sheet.frame).length,
  }
}

/** Whether a scene is as before but for where others point. */
export function onlyPeersDiffer(before: Scene, now: Scene): boolean {
  const names = Object.keys({ ...before, ...now }) as (keyof Scene)[]
  return names.every((name) => name === 'peers' || before[name] === now[name])
}

/** The last scene it was asked for: a pane paints the same one many times. */
export class SceneHere {
  #last: { readonly from: Scene; readonly series: SeriesFrames; readonly scene: Scene } | null = null

  /** As it is where the series is shown as it was taken. */
  of(scene: Scene, series: SeriesFrames): Scene {
    if (!series.base) return scene
    if (this.#last?.from !== scene || this.#last.series !== series)
      this.#last = { from: scene, series, scene: sceneOn(series, scene) }
    return this.#last.scene
  }
}
