/** Whether the layers above a picture would look as they do already: what looks the same is not painted again. Pure. */
import type { Scene, SceneAnnotation, ScenePin } from '../stage/scene.ts'
import { sameHit } from './hit.ts'
import type { MetAnnotation } from './met.ts'
import type { OverlayState } from './overlay.ts'

/** Ids of annotations somebody moves right now: their draft stands for them. */
export function hiddenIn(scene: Scene, own: OverlayState['own']): ReadonlySet<string> {
  const ids = scene.drafts.map((draft) => draft.replaces)
  if (own) ids.push(own.replaces)
  return new Set(ids.filter((id) => id !== null))
}

/** Whether the static layer would look the same. The page may build new objects for every cursor that moves; what they say counts. */
export function restsAlike(a: OverlayState, b: OverlayState): boolean {
  return (
    a.camera === b.camera &&
    a.plane === b.plane &&
    a.series === b.series &&
    a.frame === b.frame &&
    a.scene.selection === b.scene.selection &&
    sameList(a.met, b.met, sameMet) &&
    sameList(a.scene.pins, b.scene.pins, samePin) &&
    sameList([...hiddenIn(a.scene, a.own)], [...hiddenIn(b.scene, b.own)], Object.is)
  )
}

const sameMet = (a: MetAnnotation, b: MetAnnotation): boolean =>
  a.meeting === b.meeting && sameAnnotation(a.entry, b.entry)

const sameAnnotation = (a: SceneAnnotation, b: SceneAnnotation): boolean =>
  a === b ||
  (a.annotation === b.annotation &&
    a.colour === b.colour &&
    a.title === b.title &&
    a.disputed === b.disputed &&
    a.values === b.values &&
    a.opacity === b.opacity &&
    sameList(a.heldBy, b.heldBy, Object.is))

const samePin = (a: ScenePin, b: ScenePin): boolean =>
  a.id === b.id &&
  a.at[0] === b.at[0] &&
  a.at[1] === b.at[1] &&
  a.at[2] === b.at[2] &&
  a.frame === b.frame &&
  a.count === b.count &&
  a.disputed === b.disputed &&
  a.resolved === b.resolved

const sameList = <T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean =>
  a === b || (a.length === b.length && a.every((one, i) => same(one, b[i] as T)))

/** Whether what moves would look the same, where nothing else rests below it: for another window of the picture, say, or where only others point. */
export function movesAlike(a: OverlayState, b: OverlayState): boolean {
  return (
    a.camera === b.camera &&
    a.plane === b.plane &&
    a.series === b.series &&
    a.frame === b.frame &&
    a.scene.drafts === b.scene.drafts &&
    a.scene.selection === b.scene.selection &&
    a.scene.mayMove === b.scene.mayMove &&
    a.scene.labelColour === b.scene.labelColour &&
    a.met === b.met &&
    a.own === b.own &&
    (a.own === null || a.scene.annotations === b.scene.annotations) &&
    a.values === b.values &&
    sameHit(a.hover, b.hover) &&
    a.guides.planes === b.guides.planes &&
    a.guides.crosshair === b.guides.crosshair &&
    a.guides.colour === b.guides.colour
  )
}
