/**
 * What two readers of the demo have said about the phantom before a newcomer arrives: some annotations, a question, and one open dispute.
 * Its nodules lie where the phantom put them, so everything that is drawn here is drawn where it belongs.
 */

import type { Series } from '@consilium/contract/studies'
import { annotate, comment, openThread } from '@consilium/crdt-schema/acts'
import type { AnnotationDraft, Source } from '@consilium/crdt-schema/annotation'
import type { Anchor } from '@consilium/crdt-schema/discussion'
import type { Vec3 } from '@consilium/geometry/vec3'
import { chestPhantom, type Nodule } from '@consilium/imaging/phantom'
import type { Services } from '../services.ts'
import { openDesk } from './hand.ts'

export async function holdConversation(services: Services, series: Series): Promise<void> {
  const { nodules } = chestPhantom()
  const find = (lobe: Nodule['lobe'], kind: Nodule['kind']): Spot => {
    const nodule = nodules.find((one) => one.lobe === lobe && one.kind === kind)
    if (!nodule) throw new Error(`the phantom has no ${kind} nodule in the ${lobe}`)
    return spotOf(nodule, series)
  }
  const solid = find('RUL', 'solid')
  const partSolid = find('LLL', 'part-solid')
  const hazy = find('RML', 'ground-glass')
  const calcified = find('RUL', 'calcified')

  const desk = await openDesk(services, series.case)
  const okafor = await desk.hand('okafor')
  const lindqvist = await desk.hand('lindqvist')

  await okafor((doc) =>
    annotate(doc, {
      ...at(solid, 'box', 'solid-nodule', square(solid, 4)),
      certainty: 'present',
      confidence: 95,
      reasoning: 'Round, sharply outlined, soft-tissue density throughout.',
    }),
  )
  const diameter = await lindqvist((doc) => annotate(doc, at(solid, 'length', 'solid-nodule', across(solid))))
  const question = await okafor((doc) =>
    openThread(doc, {
      about: 'comment',
      anchor: anchor(solid, diameter),
      reason: '',
      text: 'Is this the longest diameter? One slice further up it looks a little wider to me.',
    }),
  )
  await lindqvist((doc) => comment(doc, question, 'I measured both. Up there it is half a millimetre less.'))

  const contested = await okafor((doc) =>
    annotate(doc, {
      ...at(partSolid, 'polygon', 'part-solid-nodule', ring(partSolid, 14)),
      certainty: 'present',
      confidence: 80,
      reasoning: 'Ground-glass halo with a solid part of about 8 mm towards the hilum.',
    }),
  )
  const dispute = await lindqvist((doc) =>
    openThread(doc, {
      about: 'dispute',
      anchor: anchor(partSolid, contested),
      reason: 'I read this as pure ground glass: the dense part could be a vessel that runs through it.',
      text: '',
    }),
  )
  await okafor((doc) =>
    comment(doc, dispute, 'A vessel should go on in the slices above and below; this ends on both sides.'),
  )

  await lindqvist((doc) =>
    annotate(doc, {
      ...at(hazy, 'freehand', 'ground-glass-nodule', ring(hazy, 40)),
      certainty: 'uncertain',
      confidence: 60,
      reasoning: 'Faint; could also be breathing motion next to the diaphragm.',
    }),
  )
  await okafor((doc) =>
    annotate(doc, {
      ...at(calcified, 'keypoint', 'calcification', [calcified.centre]),
      certainty: 'present',
      confidence: 98,
    }),
  )
}

/** A nodule in the slice nearest to its centre. */
interface Spot {
  readonly source: Source
  /** In that slice, mm. */
  readonly centre: Vec3
  readonly radiusMm: number
}

function spotOf({ centre, diameterMm }: Nodule, series: Series): Spot {
  const heights = series.positions.map((position) => Math.abs((position[2] ?? 0) - centre[2]))
  const frame = heights.indexOf(Math.min(...heights))
  const z = series.positions[frame]?.[2] ?? centre[2]
  const off = z - centre[2]
  return {
    source: { series: series.id, frame, normal: [0, 0, 1] },
    centre: [centre[0], centre[1], z],
    radiusMm: Math.sqrt(Math.max(1, (diameterMm / 2) ** 2 - off ** 2)),
  }
}

const at = (
  { source }: Spot,
  kind: AnnotationDraft['kind'],
  label: string,
  points: readonly Vec3[],
): AnnotationDraft => ({ kind, label, source, points })

/** At the right of the nodule, where the pin does not cover what it is about. */
const anchor = (spot: Spot, annotation: string): Anchor => ({
  series: spot.source.series,
  frame: spot.source.frame,
  point: offset(spot, spot.radiusMm + 4, 0),
  annotation,
})

const offset = ({ centre: [x, y, z] }: Spot, dx: number, dy: number): Vec3 => [x + dx, y + dy, z]

/** Two opposite corners, `marginMm` outside of the nodule. */
function square(spot: Spot, marginMm: number): Vec3[] {
  const half = spot.radiusMm + marginMm
  return [offset(spot, -half, -half), offset(spot, half, half)]
}

const across = (spot: Spot): Vec3[] => [
  offset(spot, -spot.radiusMm * 0.8, -spot.radiusMm * 0.6),
  offset(spot, spot.radiusMm * 0.8, spot.radiusMm * 0.6),
]

/** Around the nodule, a little outside and not quite round, as a hand would draw it. */
const ring = (spot: Spot, corners: number): Vec3[] =>
  Array.from({ length: corners }, (_, k) => {
    const angle = (2 * Math.PI * k) / corners
    const radius = spot.radiusMm * (1.12 + 0.05 * Math.sin(3 * angle + 1))
    return offset(spot, radius * Math.cos(angle), radius * Math.sin(angle))
  })
