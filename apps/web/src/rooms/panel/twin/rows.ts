/**
 * What is on the picture, as rows of words: annotations that the plane in view meets, segments, comments, and where the others are. Kept in
 * step with the scene, and made anew only where something is another. The tree that shows it is Twin.tsx.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { planeName } from '@consilium/viewer/orientation'
import type { OnPicture } from '@consilium/viewer/scene'
import { type Accessor, createMemo } from 'solid-js'
import { capital, count, mm } from '../../../format.ts'
import { goToSlice } from '../segments/goToSlice.ts'
import { largestSlice, volumeWords } from '../segments/volumes.ts'
import type { Desk } from '../state/desk.ts'
import { figureOf, planeOf } from '../state/measures.ts'

export interface TwinRow {
  readonly id: string
  /** What it is, how large, where, and whose: one cell each; empty where there is nothing to say. */
  readonly cells: readonly [what: string, figure: string, where: string, who: string]
  readonly isSelected: boolean
  /** To its place on the picture. */
  readonly go: () => void
  /** To where it can be changed; absent: nowhere. */
  readonly edit?: () => void
}

export interface TwinGroup {
  readonly title: string
  /** Of these so many have a row: who looks for one of thousands finds it in the list. */
  readonly count: number
  readonly rows: readonly TwinRow[]
}

/** Rows of annotations. */
const MOST = 200

const counted = (title: string, rows: readonly TwinRow[]): TwinGroup => ({ title, count: rows.length, rows })

export function createGroups(desk: Desk): Accessor<readonly TwinGroup[]> {
  const { twin } = desk
  // A peer's cursor moves many times a second, and changes nothing of the annotations.
  const met = createMemo(() => twin.on().met)
  const annotations = createMemo(() =>
    met()
      .slice(0, MOST)
      .map(({ entry, meeting }) => annotationRow(desk, entry.annotation.id, meeting)),
  )
  const segments = createMemo(() =>
    desk.painting.segments().map(({ id, title }) => segmentRow(desk, id, title)),
  )
  const pins = createMemo(() => twin.on().pins, [], { equals: sameObjects })
  const comments = createMemo(() => commentRows(desk, pins()))
  const people = createMemo(() => twin.on().peers.map((peer) => peerRow(desk, peer)), [], {
    equals: sameWords,
  })
  return createMemo(() =>
    [
      { title: 'Annotations', count: met().length, rows: annotations().filter((row) => row !== null) },
      counted('Segments', segments()),
      counted('Comments', comments()),
      counted('People', people()),
    ].filter(({ rows }) => rows.length > 0),
  )
}

function annotationRow(desk: Desk, id: string, meeting: OnPicture['met'][number]['meeting']): TwinRow | null {
  const annotation = desk.shelves().annotations.get(id as EntryKey)
  if (!annotation) return null
  const { kind, label, certainty, source } = annotation
  const plane = planeOf(desk, annotation)
  const slice = capital(desk.frameWords(source.series, source.frame))
  return {
    id: annotation.id,
    cells: [
      [kindOf(kind).title, desk.labelTitle(label), certainty].filter(Boolean).join(', '),
      figureOf(desk, annotation) ?? '',
      [slice, plane && planeName(plane).toLowerCase(), meeting === 'across' && 'cut by this plane']
        .filter(Boolean)
        .join(', '),
      desk.document.authorOf(annotation.id)?.author.name ?? '',
    ],
    isSelected: desk.choices.selection() === annotation.id,
    go: () => {
      desk.goTo(annotation)
      if (annotation.vertices[0]) desk.reticle.goTo(annotation.vertices[0].at)
    },
    edit: () => {
      desk.goTo(annotation)
      desk.choices.setTab('annotations')
      focusWhenThere('[aria-label="Selected annotation"]')
    },
  }
}

function segmentRow(desk: Desk, id: EntryKey, title: string): TwinRow {
  const counts = desk.painting.canvases.statistics(id)
  const largest = counts && largestSlice(counts)
  const go = (): void => {
    desk.painting.choose(id)
    if (largest) goToSlice(desk, id, largest.slice)
  }
  return {
    id,
    cells: [
      title,
      volumeWords(counts),
      largest ? `Most on slice ${largest.slice + 1}` : '',
      desk.document.authorOf(id)?.author.name ?? '',
    ],
    isSelected: desk.painting.chosen()?.id === id,
    go,
    edit: () => {
      go()
      desk.choices.setTab('annotations')
      focusWhenThere(`[data-segment="${id}"]`)
    },
  }
}

function commentRows(desk: Desk, pins: OnPicture['pins']): readonly TwinRow[] {
  return pins.flatMap(({ id }): TwinRow[] => {
    const summary = desk.talk.thread(id as EntryKey)
    if (!summary) return []
    const { thread, comments, decision } = summary
    const [first] = comments
    const kind =
      thread.about === 'dispute'
        ? decision === null
          ? 'Open dispute'
          : 'Decided dispute'
        : thread.resolved
          ? 'Resolved thread'
          : 'Thread'
    const { series, point, frame } = thread.anchor
    return [
      {
        id,
        cells: [
          `${kind}: ${first?.text ?? thread.reason}`,
          count(comments.length, 'comment'),
          capital(desk.frameWords(series, frame)),
          (first && desk.document.authorOf(first.id)?.author.name) ?? '',
        ],
        isSelected: desk.choices.thread() === id,
        go: () => {
          desk.choices.openThread(thread.id)
          desk.goToPlace(series, point, frame)
        },
        edit: () => {
          desk.choices.openThread(thread.id)
          focusWhenThere(`[data-thread="${id}"]`)
        },
      },
    ]
  })
}

/** Whole centimetres: a hand is never still. */
function peerRow(desk: Desk, { id, name, frame, at, idle }: OnPicture['peers'][number]): TwinRow {
  const series = desk.series.current()?.id ?? ''
  const [x, y, z] = at.map((n) => mm(Math.round(n / 10) * 10, 0))
  return {
    id,
    cells: [
      name,
      idle ? 'idle' : 'points',
      `${capital(desk.frameWords(series, frame))}, near x ${x}, y ${y}, z ${z}`,
      '',
    ],
    isSelected: false,
    go: () => desk.goToPlace(series, at, frame),
  }
}

const sameObjects = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])

const sameWords = (a: readonly TwinRow[], b: readonly TwinRow[]): boolean =>
  a.length === b.length && a.every((row, i) => row.id === b[i]?.id && row.cells.join() === b[i].cells.join())

/** What is chosen opens in its list; its first control is where one goes on. */
function focusWhenThere(selector: string): void {
  requestAnimationFrame(() => {
    const place = document.querySelector(selector)
    const control = place?.querySelector<HTMLElement>('button, input, textarea, select, [tabindex="0"]')
    control?.focus()
  })
}
