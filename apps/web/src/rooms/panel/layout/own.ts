/** What one's own hand makes in another pane of the page. Pure. */
import type { Scene } from '@consilium/viewer/scene'
import type { OwnStroke } from '../state/painting/painting.ts'
import type { PaneDraft } from '../state/panes.ts'

/** What it draws is seen as it comes, like what somebody else draws. */
export function withDraft(scene: Scene, own: PaneDraft | null, pane: number): Scene {
  if (!own || own.by === pane) return scene
  const draft = { ...own.draft, id: 'own', colour: scene.labelColour, name: '' }
  return { ...scene, drafts: [...scene.drafts, draft] }
}

/** So is what it paints, though it is neither in the record nor told by anybody else yet. */
export function withStroke(scene: Scene, own: OwnStroke | null, pane: number): Scene {
  const { paint } = scene
  if (!paint || !own || own.by === pane) return scene
  const draft = { ...own.stroke, id: 'own', colour: paint.settings.colour }
  return { ...scene, paint: { ...paint, drafts: [...paint.drafts, draft] } }
}
