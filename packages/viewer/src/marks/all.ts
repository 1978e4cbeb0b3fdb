/** The list of marks, one per kind: `satisfies` makes a forgotten one a compile error that names the kind. */
import { KIND_NAMES, type KindName } from '@consilium/crdt-schema/kinds'
import { angle } from './angle.ts'
import { bidirectional } from './bidirectional.ts'
import { box } from './box.ts'
import { cobb } from './cobb.ts'
import { ellipse } from './ellipse.ts'
import { finding } from './finding.ts'
import { freehand } from './freehand.ts'
import { keypoint } from './keypoint.ts'
import { length } from './length.ts'
import type { Mark } from './mark.ts'
import { polygon } from './polygon.ts'
import { segment } from './segment.ts'

export type { Handle, Mark } from './mark.ts'

const byKind = {
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
} satisfies { readonly [Name in KindName]: Mark<Name> }

export const markOf = (kind: KindName): Mark<KindName> => byKind[kind]

/** In the order of the toolbar, which is the order of the kinds. */
export const MARKS: readonly Mark<KindName>[] = KIND_NAMES.map(markOf)
