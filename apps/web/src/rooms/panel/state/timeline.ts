/**
 * The timeline as a whole: whether it is open, which rows it shows, where in the record one is and what was done there, names given to
 * moments. Moving along it goes through here, so that the picture follows to where something happened.
 */
import type { NamedMoment } from '@consilium/contract/history'
import { ACTS } from '@consilium/contract/revisions'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { isEqual } from '@consilium/crdt-schema/compare'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { paintingWords } from '@consilium/crdt-schema/painting/words'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Vec3 } from '@consilium/geometry/vec3'
import { type Accessor, createEffect, createMemo, createSignal, on, untrack } from 'solid-js'
import { api } from '../../../api.ts'
import { number } from '../../../format.ts'
import type { Act } from '../../../session/film/acts.ts'
import type { Chronicle, Row } from '../../../session/film/chronicle.ts'
import type { Change, Value } from '../../../session/film/log.ts'
import { type ActWords, editWords } from '../timeline/actWords.ts'
import { isTold, personOf, type Scale } from '../timeline/lanes.ts'
import { createPictured } from '../timeline/pace.ts'
import type { ChronicleState } from './chronicle.ts'
import type { PastState } from './past.ts'
import { createPlayer, type Direction, type Player } from './player.ts'
import { actOf, type Matches, nextAct, nextRow, previousAct, previousRow } from './steps.ts'
import type { Wording } from './wording.ts'
import { phaseWords, redactWords } from './words.ts'

export interface Filter {
  readonly person: string | null
  readonly annotation: EntryKey | null
}

export interface TimelineState {
  readonly isOpen: Accessor<boolean>
  readonly open: () => void
  /** Whether the line is to have the keys now; true once after `open`. */
  readonly takeFocus: () => boolean
  /** Closes it, and goes back to now. */
  readonly close: () => void
  readonly rows: Accessor<Chronicle>
  readonly fault: Accessor<unknown>
  readonly retry: () => void
  readonly head: Accessor<number>
  /** The revision shown; the newest one while one looks at now. */
  readonly moment: Accessor<number>
  readonly filter: Accessor<Filter>
  readonly setFilter: (patch: Partial<Filter>) => void
  readonly matches: Accessor<Matches>
  readonly scale: Accessor<Scale>
  readonly setScale: (scale: Scale) => void
  readonly player: Player
  /** The revision that is told in words: the one shown, a turn after its picture; while it plays only as often as one can read. */
  readonly told: Accessor<number>
  /** What was done there; null while its rows are not here. */
  readonly act: Accessor<Act | null>
  readonly words: Accessor<ActWords | null>
  readonly lookAt: (seq: number) => Promise<void>
  /** To where the next or previous act, or revision, is complete; of one annotation, or of all that the filter lets through. */
  readonly step: (direction: Direction, by: 'act' | 'revision', annotation?: EntryKey) => void
  /** The same from any revision, without going there; null where there is none, or its rows are not here. */
  readonly beside: (seq: number, direction: Direction, by: 'act' | 'revision') => number | null
  readonly toStart: () => void
  readonly toNow: () => void
  /** Plays that way, from the other end where nothing lies ahead; pauses where it plays that way. */
  readonly togglePlay: (direction: Direction) => void
  /** In the order of their moments. */
  readonly names: Accessor<readonly NamedMoment[]>
  readonly loadNames: () => Promise<void>
}

interface TimelineParts {
  readonly document: string
  readonly chronicle: ChronicleState
  readonly past: PastState
  /** Newest revision the page has heard of. */
  readonly head: Accessor<number>
  readonly wording: Wording
  readonly goToPlace: (series: string, point: Vec3, frame: number) => void
  /** The grid that masks of a series lie on; null where it has none. */
  readonly gridOf: (series: string) => Grid | null
}

/** Between two turns to where something happened while it plays, ms: the eye needs that long. */
const TURN_MS = 250

export function createTimeline(parts: TimelineParts): TimelineState {
  const { document, chronicle, past } = parts
  const [isOpen, setOpen] = createSignal(false)
  const [filter, setFilter] = createSignal<Filter>({ person: null, annotation: null })
  const [scale, setScale] = createSignal<Scale>('activity')
  const [names, setNames] = createSignal<readonly NamedMoment[]>([])
  const head = createMemo(() => Math.max(chronicle.rows().head, parts.head()))
  const moment = createMemo(() => past.past()?.seq ?? head())
  const matches = createMemo((): Matches => matcher(filter()))
  let turned = 0
  let focusWanted = false

  /** While it plays: the moment that is told. */
  const [glimpsed, glimpse] = createSignal(0)
  const player = createPlayer({
    rows: chronicle.rows,
    matches,
    past,
    onShown: () => {
      const now = performance.now()
      if (now - turned < TURN_MS) return
      turned = now
      glimpse(moment())
      follow()
    },
    onEnd: () => follow(),
  })

  const seen = createPictured(moment)
  const told = createMemo(() => (player.playing() === null ? seen() : glimpsed()))
  const act = createMemo(() => (isOpen() ? actOf(chronicle.rows(), told(), isTold) : null))
  const words = createMemo((): ActWords | null => {
    const here = act()
    const row = here?.rows.at(-1)
    if (!here || !row) return null
    if (row.act === ACTS.edit || row.act === ACTS.restore) {
      const changes = changesOf(
        past,
        here.rows.filter(({ seq }) => seq <= told()),
      )
      if (!changes) return null
      const painted = paintedIn(
        past,
        parts.gridOf,
        changes,
        here.rows.filter(({ seq }) => seq <= told()),
      )
      const edited = painted ?? editWords(changes, parts.wording)
      return row.act === ACTS.edit ? edited : { title: 'Restored an earlier state', detail: edited.detail }
    }
    return serverWords(row, names())
  })

  /** The moment whose place the picture is to turn to, as soon as it is known where that is. */
  const [turning, turnTo] = createSignal<number | null>(null)
  createEffect(() => {
    const seq = turning()
    if (seq === null || past.past()?.seq !== seq) return
    const step = past.step(seq)
    if (!step) return
    turnTo(null)
    const place = placeOf(step.changes)
    if (place) untrack(() => parts.goToPlace(place.series, place.point, place.frame))
  })
  const follow = (): void => void turnTo(past.past()?.seq ?? null)

  const lookAt = async (seq: number): Promise<void> => {
    // Whoever comes by a link is here before it is known how far the record goes.
    await past.lookAt(Math.max(1, head() === 0 ? seq : Math.min(seq, head())))
  }
  const jump = async (seq: number | null): Promise<void> => {
    player.pause()
    if (seq === null) return
    turnTo(seq)
    await lookAt(seq)
  }

  /** Resolves when the row is here, so that a key pressed before that is not lost; false where it cannot be had, as the line says. */
  const isHere = (seq: number): Promise<boolean> =>
    chronicle.chronicled(Math.max(0, seq - 1), seq).then(
      () => true,
      () => false,
    )
  const beginning = (): number | null => nextRow(chronicle.rows(), 0, matches())

  const loadNames = async (): Promise<void> => {
    try {
      setNames((await api.names(document)).items)
    } catch {
      // Names are an ornament of the line: without them it stays usable, and they are asked for again.
    }
  }
  const toNow = (): void => {
    player.pause()
    past.backToNow()
  }

  createEffect(
    on([isOpen, head], ([open], before) => {
      if (!open) return
      chronicle.fetch(moment())
      const fresh = before === undefined || !before[0]
      if (fresh || hasNamed(chronicle.rows(), before[1] ?? 0)) void loadNames()
    }),
  )
  // A moment on screen without the line would be a place without a way back.
  createEffect(() => {
    if (past.past() !== null || past.opening() !== null) setOpen(true)
  })

  return {
    isOpen,
    open: () => {
      focusWanted = true
      setOpen(true)
    },
    takeFocus: () => {
      const wanted = focusWanted
      focusWanted = false
      return wanted
    },
    close: () => {
      toNow()
      setOpen(false)
    },
    rows: chronicle.rows,
    fault: chronicle.fault,
    retry: () => chronicle.fetch(moment()),
    head,
    moment,
    filter,
    setFilter: (patch) => setFilter((now) => ({ ...now, ...patch })),
    matches,
    scale,
    setScale,
    player,
    told,
    act,
    words,
    lookAt: async (seq) => {
      player.pause()
      turnTo(null)
      await lookAt(seq)
    },
    async step(direction, by, annotation) {
      if (!(await isHere(moment()))) return
      const which = annotation === undefined ? matches() : matcher({ person: null, annotation })
      await jump(STEPS[by][direction](chronicle.rows(), moment(), which))
    },
    beside: (seq, direction, by) => STEPS[by][direction](chronicle.rows(), seq, matches()),
    async toStart() {
      if (await isHere(1)) await jump(beginning() ?? 1)
    },
    toNow,
    async togglePlay(direction) {
      if (player.playing() === direction) return player.pause()
      // Where nothing lies ahead it begins at the other end.
      if (direction === 1 && moment() >= head()) {
        if (!(await isHere(1))) return
        await jump(beginning())
      } else if (direction === -1 && (past.past() === null || moment() <= (beginning() ?? 1))) {
        if (!(await isHere(head()))) return
        await jump(head())
      }
      player.play(direction)
    },
    names,
    loadNames,
  }
}

const STEPS = {
  act: { [1]: nextAct, [-1]: previousAct },
  revision: { [1]: nextRow, [-1]: previousRow },
} as const

const matcher =
  ({ person, annotation }: Filter): Matches =>
  (row) =>
    isTold(row) &&
    (person === null || personOf(row) === person) &&
    (annotation === null || row.touched.some(({ entry }) => entry === annotation))

/** Null where the film of one of the rows is not here. */
function changesOf(past: PastState, rows: readonly Row[]): readonly Change[] | null {
  const steps = rows.map(({ seq }) => past.step(seq))
  return steps.every((step) => step !== null) ? steps.flatMap((step) => step?.changes ?? []) : null
}

/** Null where nothing was painted, or where something was also done that has words of its own. */
function paintedIn(
  past: PastState,
  gridOf: TimelineParts['gridOf'],
  changes: readonly Change[],
  rows: readonly Row[],
): ActWords | null {
  const painted = rows.flatMap(({ seq }) => past.step(seq)?.painted ?? [])
  const segments = changes.flatMap(({ root, after }) =>
    root === 'annotations' ? [after as Annotation | null] : [],
  )
  const [segment] = segments
  if (painted.length === 0 || !segment || changes.some(({ before, after }) => !isEqual(before, after)))
    return null
  const title = paintingWords(painted, gridOf(segment.source.series))
  return title === null ? null : { title, detail: segment.name ?? '' }
}

function serverWords(row: Row, names: readonly NamedMoment[]): ActWords {
  const name = names.find(({ named }) => named === row.seq)
  if (row.act === ACTS.name)
    return name
      ? { title: `Named revision ${number(name.seq)}`, detail: `“${name.title}”` }
      : { title: 'Named a moment', detail: '' }
  if (row.act === ACTS.role) return { title: 'Gave somebody another role', detail: '' }
  if (row.act === ACTS.phase)
    return { title: name ? phaseWords(name.title) : 'The case went on to its next phase', detail: '' }
  if (row.act === ACTS.redact) return redactWords(row.touched[0], undefined)
  return { title: 'Joined', detail: '' }
}

/** Whether rows after `seq` may have brought a name. */
function hasNamed(chronicle: Chronicle, seq: number): boolean {
  for (const row of chronicle.rows(Math.max(0, seq - 1)))
    if (row.act === ACTS.name || row.act === ACTS.phase) return true
  return !chronicle.isWhole
}

interface Place {
  readonly series: string
  readonly point: Vec3
  readonly frame: number
}

function placeOf(changes: readonly Change[]): Place | null {
  for (const { before, after } of changes) {
    const place = placeIn(after) ?? placeIn(before)
    if (place) return place
  }
  return null
}

function placeIn(value: Value): Place | null {
  if (value === null) return null
  if ('anchor' in value)
    return { series: value.anchor.series, point: value.anchor.point, frame: value.anchor.frame }
  const at = 'vertices' in value ? value.vertices[0]?.at : undefined
  return 'source' in value && at
    ? { series: value.source.series, point: at, frame: value.source.frame }
    : null
}
