/** A new annotation. */
import * as Y from 'yjs'
import type { AnnotationDraft } from '../annotation.ts'
import type { EntryKey } from '../entry.ts'
import { kindOf, nounOf } from '../kinds/all.ts'
import { firstKeys } from '../vertexKeys.ts'
import { Act, addEntry, perform, sendable } from './act.ts'
import {
  checkCertainty,
  checkColour,
  checkConfidence,
  checkGeometry,
  checkKind,
  checkSource,
  checkText,
} from './checks.ts'

/** Returns the key of the new entry. */
export function annotate(doc: Y.Doc, draft: AnnotationDraft): EntryKey {
  checkDraft(draft)
  const { kind, label, source, points, certainty = null, confidence = null, reasoning = '' } = draft
  const { name, colour } = draft
  const keys = firstKeys(points.length)
  const vertices = points.map(([x, y, z], i): [string, unknown] => [keys[i] ?? '', [x, y, z]])
  return perform(doc, new Act('annotate', `new ${nounOf(kindOf(kind))}`), () =>
    addEntry(doc, 'annotations', {
      kind,
      label,
      certainty,
      confidence,
      reasoning: new Y.Text(sendable(reasoning)),
      source: { series: source.series, frame: source.frame, normal: [...source.normal] },
      vertices: new Y.Map(vertices),
      retired: null,
      ...(name === undefined ? {} : { name }),
      ...(colour === undefined ? {} : { colour }),
    }),
  )
}

export function checkDraft(draft: AnnotationDraft): void {
  const { kind, label, source, points, certainty = null, confidence = null, reasoning = '' } = draft
  const { name, colour } = draft
  checkKind(kind)
  checkText('label', label)
  checkSource(source)
  checkGeometry(kind, points, source.normal)
  checkCertainty(certainty)
  checkConfidence(confidence)
  checkText('reasoning', reasoning)
  if (name !== undefined) checkText('name', name)
  if (colour !== undefined) checkColour(colour)
}
