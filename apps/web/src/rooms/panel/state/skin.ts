/**
 * The onion skin: what was different at moment 1, dashed, upon moment 2. Both fade by how much of each is asked for, and what is the
 * same in both stays as it is. Only what lies on the slice in view is looked at. Pure.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { differenceOf } from '@consilium/crdt-schema/compare'
import type { SceneAnnotation, SceneDraft } from '@consilium/viewer/scene'

export interface SkinParts {
  /** At moment 1, of the slice in view. */
  readonly before: readonly Annotation[]
  /** At moment 2, of the slice in view or not. */
  readonly now: readonly SceneAnnotation[]
  readonly frame: number
  /** 0 shows 1 alone, 1 shows 2 alone, ½ both in full. */
  readonly mix: number
  readonly colourOf: (label: string) => string
}

export interface Skin {
  readonly drafts: readonly SceneDraft[]
  readonly annotations: readonly SceneAnnotation[]
}

export function onionSkin({ before, now, frame, mix, colourOf }: SkinParts): Skin {
  const [first, second] = [Math.min(1, 2 * (1 - mix)), Math.min(1, 2 * mix)]
  const known = new Map(before.map((annotation) => [annotation.id, annotation]))
  const same = new Set<string>()
  const annotations = now.flatMap((shown): SceneAnnotation[] => {
    const { annotation } = shown
    if (annotation.source.frame !== frame) return [shown]
    const was = known.get(annotation.id)
    if (was && looksAlike(was, annotation)) {
      same.add(was.id)
      return [shown]
    }
    if (second === 0) return []
    return [second === 1 ? shown : { ...shown, opacity: second }]
  })
  const drafts = before
    .filter(({ id }) => first > 0 && !same.has(id))
    .map(
      (annotation): SceneDraft => ({
        id: `1 ${annotation.id}`,
        kind: annotation.kind,
        frame,
        points: annotation.vertices.map(({ at }) => at),
        colour: colourOf(annotation.label),
        name: '1',
        replaces: null,
        opacity: first,
      }),
    )
  return { drafts, annotations }
}

/** What the picture shows of it: shape and colour. */
function looksAlike(one: Annotation, other: Annotation): boolean {
  if (one === other) return true
  const difference = differenceOf('annotations', one, other)
  return difference === null || (difference.geometry === null && one.label === other.label)
}
