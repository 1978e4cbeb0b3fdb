/** The segments on the series in view, bottom to top, as list and picture show them: now, or at the moment shown. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import { type Accessor, createMemo } from 'solid-js'
import { LABEL_COLOURS, labelColour } from '../../../../parts/colours.ts'
import type { Shelves } from '../../../../session/records.ts'
import { type Looks, ordered } from './looks.ts'

export interface SegmentRow {
  readonly id: EntryKey
  readonly annotation: Annotation
  readonly title: string
  /** CSS colour. */
  readonly colour: string
  readonly opacity: number
  readonly isHidden: boolean
  readonly isLocked: boolean
}

/** What it is lies in voxels, not in vertices. */
export const isPainted = (kind: KindName): boolean => kindOf(kind).comparedBy === 'voxels'

export interface SegmentParts {
  readonly shelves: Accessor<Shelves>
  readonly series: Accessor<string | null>
  readonly labelTitle: (label: string) => string
  readonly labelNumber: (label: string) => number | undefined
  readonly isHidden: (id: EntryKey) => boolean
  readonly looks: Looks
}

export function createSegments(parts: SegmentParts): Accessor<readonly SegmentRow[]> {
  const { shelves, series, looks } = parts
  /** Of ten thousand annotations few are segments: who they are is asked again only where an annotation changed. */
  const found = createMemo(
    () =>
      shelves()
        .annotations.all()
        .filter(
          ({ kind, retired, source }) => isPainted(kind) && retired === null && source.series === series(),
        ),
    [],
    { equals: sameList },
  )
  return createMemo(() => {
    const byId = new Map(found().map((annotation) => [annotation.id as string, annotation]))
    return ordered([...byId.keys()], looks.order()).flatMap((id): SegmentRow[] => {
      const annotation = byId.get(id)
      return annotation ? [rowOf(annotation, parts)] : []
    })
  })
}

const rowOf = (
  annotation: Annotation,
  { labelTitle, labelNumber, isHidden, looks }: SegmentParts,
): SegmentRow => ({
  id: annotation.id,
  annotation,
  title: annotation.name || labelTitle(annotation.label),
  colour: annotation.colour ?? labelColour(labelNumber(annotation.label)),
  opacity: looks.opacity(annotation.id),
  isHidden: isHidden(annotation.id),
  isLocked: looks.isLocked(annotation.id),
})

/** That of the label, or while another segment has it the first that is free. */
export function freeColour(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((colour) => colour.toLowerCase()))
  const colour = [wanted, ...LABEL_COLOURS].find((one) => !used.has(one.toLowerCase())) ?? wanted
  return colour.toLowerCase()
}

/** "Nodule", then "Nodule 2", "Nodule 3". */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken)
  if (!used.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!used.has(`${wanted} ${n}`)) return `${wanted} ${n}`
}

const sameList = (a: readonly Annotation[], b: readonly Annotation[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index])
