/**
 * The list of annotation kinds; every type that speaks of kinds is derived from it. A new kind is one file and one line here
 * (docs/adding-a-kind.md). Nothing else in the product may switch on a kind's name.
 */

import { angle } from './angle.ts'
import { bidirectional } from './bidirectional.ts'
import { box } from './box.ts'
import { cobb } from './cobb.ts'
import { ellipse } from './ellipse.ts'
import { finding } from './finding.ts'
import { freehand } from './freehand.ts'
import { keypoint } from './keypoint.ts'
import type { Kind } from './kind.ts'
import { length } from './length.ts'
import { polygon } from './polygon.ts'
import { segment } from './segment.ts'

/** In the order of the toolbar. */
export const KINDS = [
  box,
  ellipse,
  polygon,
  freehand,
  keypoint,
  length,
  bidirectional,
  angle,
  cobb,
  finding,
  segment,
] as const

export type KindName = (typeof KINDS)[number]['name']
export const KIND_NAMES: readonly KindName[] = KINDS.map((kind) => kind.name)

const byName: ReadonlyMap<string, Kind<KindName>> = new Map(KINDS.map((kind) => [kind.name, kind]))

export const isKindName = (name: string): name is KindName => byName.has(name)

/** Throws where the name is no kind's: names from outside go through `isKindName` first. */
export function kindOf(name: KindName): Kind<KindName> {
  const kind = byName.get(name)
  if (!kind) throw new Error(`There is no annotation kind "${name}"`)
  return kind
}

/** As it is called within a sentence: "freehand contour". */
export const nounOf = ({ title, noun = title.toLowerCase() }: Pick<Kind, 'title' | 'noun'>): string => noun
