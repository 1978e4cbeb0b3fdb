/** What acts check before they write. Each throws an ActFault whose sentence can be shown to whoever typed or drew. */
import { dot, isFinite3, type Vec3 } from '@consilium/geometry/vec3'
import { CERTAINTIES, type Certainty, COLOUR, type Source } from '../annotation.ts'
import { TEXT_LIMITS } from '../discussion.ts'
import { isKindName, type KindName, kindOf } from '../kinds/all.ts'
import { ActFault } from './act.ts'

const SAID: Record<keyof typeof TEXT_LIMITS, string> = {
  comment: 'A comment',
  reason: 'A reason',
  rationale: 'A rationale',
  reasoning: 'The reasoning',
  label: 'A label',
  name: 'A name',
}

export function checkText(what: keyof typeof TEXT_LIMITS, text: string): void {
  const limit = TEXT_LIMITS[what]
  if (text.length > limit)
    throw new ActFault(
      'too-long',
      `${SAID[what]} has at most ${limit} characters; this one has ${text.length}.`,
    )
}

export function checkWritten(what: keyof typeof TEXT_LIMITS, text: string): void {
  if (text.trim() === '') throw new ActFault('empty-text', `${SAID[what]} must say something.`)
  checkText(what, text)
}

export function checkKind(name: string): asserts name is KindName {
  if (!isKindName(name))
    throw new ActFault('invalid-value', `There is no kind of annotation called "${name}".`)
}

export function checkGeometry(kind: KindName, points: readonly Vec3[], normal: Vec3): void {
  const fault = kindOf(kind).fault(points, normal)
  if (fault !== null) throw new ActFault('invalid-geometry', fault)
}

export function checkPoint(at: Vec3): void {
  if (!isFinite3(at)) throw new ActFault('invalid-geometry', 'A point is three numbers in millimetres.')
}

/** Cosines in DICOM files carry about six digits: a normal may miss length 1 by that much and no more. */
const UNIT_TOLERANCE = 1e-3

export function checkPlace(place: { readonly series: string; readonly frame: number }): void {
  if (place.series === '' || place.series.length > 64)
    throw new ActFault('invalid-value', 'An annotation names the series it was made on.')
  if (!Number.isSafeInteger(place.frame) || place.frame < 0)
    throw new ActFault('invalid-value', 'A frame is a whole number from 0.')
}

export function checkSource(source: Source): void {
  checkPlace(source)
  if (!isFinite3(source.normal) || Math.abs(dot(source.normal, source.normal) - 1) > UNIT_TOLERANCE)
    throw new ActFault('invalid-geometry', 'The normal of a plane is a direction of length 1.')
}

export function checkCertainty(certainty: Certainty | null): void {
  if (certainty !== null && !CERTAINTIES.includes(certainty))
    throw new ActFault('invalid-value', 'A finding is present, uncertain or absent.')
}

export function checkColour(colour: string): void {
  if (!COLOUR.test(colour))
    throw new ActFault('invalid-value', 'A colour is three pairs of hexadecimal digits, #rrggbb.')
}

export function checkConfidence(confidence: number | null): void {
  if (confidence !== null && !(confidence >= 0 && confidence <= 100))
    throw new ActFault('invalid-value', 'Confidence is a number from 0 to 100.')
}
