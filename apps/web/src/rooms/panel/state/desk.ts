/**
 * Everything one open case needs on screen, put together once and handed down by context: document, people, series, rights, past, and
 * what this reader has chosen (tool, label, selection, tab, what is hidden). Parts read from here; only `act` writes the document.
 * Longer than other files, because it is one list: all that parts may read, and where each of it comes from.
 */
import type { Person } from '@consilium/contract/people'
import type { CaseDetail } from '@consilium/contract/projects'
import type { Series } from '@consilium/contract/studies'
import { ActFault } from '@consilium/crdt-schema/acts'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type { KindName } from '@consilium/crdt-schema/kinds'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Probe, Tool, View } from '@consilium/viewer/scene'
import { inUptake } from '@consilium/viewer/uptake'
import {
  type Accessor,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  on,
  type Setter,
  useContext,
} from 'solid-js'
import type * as Y from 'yjs'
import type { Link } from '../../../session/link.ts'
import type { Arrival, Shelves } from '../../../session/records.ts'
import { openTyped, type Typed } from '../../../session/typed.ts'
import { createFusion, type FusionState } from '../volume/fusion.ts'
import { createAnnouncer } from './announcer.ts'
import { type BlameState, createBlame } from './blame.ts'
import { type Choices, createChoices } from './choices.ts'
import { createChronicle } from './chronicle.ts'
import { type ComparisonState, createComparison } from './comparison.ts'
import { createDocument, type LiveDocument } from './document.ts'
import { createHanging, type Hanging } from './hanging.ts'
import { createHelp, type HelpState } from './help.ts'
import { createKeptDesk, type KeptDesk } from './kept.ts'
import { createKeymap, type KeymapState } from './keymap.ts'
import { createLastTool } from './lastTool.ts'
import { createLibrary } from './library.ts'
import { createLinking, type Linking } from './linking.ts'
import { centerOf } from './middle.ts'
import { newsOf } from './news.ts'
import { createNote, type Note } from './note.ts'
import { createPainting, type PaintingState } from './painting/painting.ts'
import { createPanes, type Panes } from './panes.ts'
import { createPast, type PastState } from './past.ts'
import { createPeople, type People } from './people.ts'
import { createPrior, type PriorState } from './prior.ts'
import { createReticle, type ReticleState } from './reticle.ts'
import { createRevisions, type RevisionList } from './revisions.ts'
import { createRights, type Rights } from './rights.ts'
import { memoryBudget } from './room.ts'
import { createSeries, type SeriesState } from './series.ts'
import type { StageHandle } from './stageHandle.ts'
import { createStanding, type StandingState } from './standing.ts'
import { createTalk, type Talk } from './threads.ts'
import { createThumbnails, type Thumbnails } from './thumbnails.ts'
import { createTimeline, type TimelineState } from './timeline.ts'
import { createTwin, type TwinState } from './twin.ts'
import { type Wording, wordingOf } from './wording.ts'

export interface Desk {
  readonly me: Person
  readonly kase: CaseDetail
  readonly document: LiveDocument
  readonly people: People
  readonly series: SeriesState
  readonly thumbnails: Thumbnails
  readonly rights: Rights
  /** Role and phase, as of now. */
  readonly standing: StandingState
  readonly prior: PriorState
  /** What the server would not take, and what can be done with it. */
  readonly kept: KeptDesk
  readonly past: PastState
  readonly timeline: TimelineState
  readonly comparison: ComparisonState
  readonly blame: BlameState
  readonly revisions: RevisionList
  readonly choices: Choices
  readonly keymap: KeymapState
  readonly help: HelpState
  /** Last in the hand for making something. */
  readonly lastTool: Accessor<Tool | null>
  /** What is on screen: the live document, or the past one. */
  readonly shelves: Accessor<Shelves>
  readonly view: Accessor<View | null>
  readonly setView: Setter<View | null>
  readonly probe: Accessor<Probe | null>
  readonly setProbe: Setter<Probe | null>
  readonly panes: Panes
  readonly linking: Linking
  readonly fusion: FusionState
  readonly hanging: Hanging
  readonly painting: PaintingState
  readonly reticle: ReticleState
  /** The picture in words. */
  readonly twin: TwinState
  /** Of the active pane. */
  readonly stage: Accessor<StageHandle | null>
  /** Shape in the making by this reader. */
  readonly drawing: Accessor<KindName | null>
  readonly setDrawing: Setter<KindName | null>
  /** Does one act, or says why it cannot be done. Undefined where it was not. */
  readonly act: <A extends readonly unknown[], T>(
    write: (doc: Y.Doc, ...args: A) => T,
    ...args: A
  ) => T | undefined
  /** One sentence about what could not be done, for a while. */
  readonly note: Accessor<string | null>
  readonly setNote: Note['setNote']
  /** Said politely to screen readers. */
  readonly announcement: Accessor<string>
  /** What several announce is said together; `by`: of what one person changed only how much. */
  readonly announce: (sentence: string, by?: string) => void
  /** Words not sent yet. */
  readonly typed: Typed
  readonly talk: Talk
  readonly unread: Accessor<ReadonlySet<EntryKey>>
  readonly wording: Wording
  readonly labelTitle: (key: string) => string
  /** "slice 12"; of a film or a volume through time with its moment. */
  readonly frameWords: (series: string, frame: number) => string
  readonly labelNumber: (key: string) => number | undefined
  /** Selects an annotation and brings it into view. */
  readonly goTo: (annotation: Annotation) => void
  readonly goToPlace: (series: string, point: Vec3, frame: number) => void
}

const DeskContext = createContext<Desk>()
export const DeskProvider = DeskContext.Provider

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk outside of a panel room')
  return desk
}

export interface DeskParts {
  readonly me: Person
  readonly kase: CaseDetail
  readonly series: readonly Series[]
  /** Series of the prior case; none where it has none. */
  readonly prior: readonly Series[]
  /** Series of a case that becomes the prior while this one is open. */
  readonly seriesOf: (caseId: string) => Promise<readonly Series[]>
  readonly link: Link
}

export function createDesk({ me, kase, series: given, prior: opened, seriesOf, link }: DeskParts): Desk {
  // From here on PET is uptake, wherever its values are shown or measured.
  const list = given.map(inUptake)
  const { said: announcement, say: announce, answer } = createAnnouncer()
  const { note, setNote } = createNote()
  const [view, setView] = createSignal<View | null>(null)
  const [probe, setProbe] = createSignal<Probe | null>(null)
  const [drawing, setDrawing] = createSignal<KindName | null>(null)
  const [unread, setUnread] = createSignal<ReadonlySet<EntryKey>>(new Set())

  /** What comes with the first connection was here before; it is neither news nor unread. */
  let met = false
  const onArrival = ({ root, entry, isChange }: Arrival): void => {
    if (!met) return
    const author = document.authorOf(entry)?.author
    const annotation = root === 'annotations' ? document.records.shelves.annotations.get(entry) : null
    const news = newsOf({
      root,
      isChange,
      maker: author?.name ?? 'somebody',
      kind: annotation?.kind ?? null,
      isRetired: annotation?.retired !== null,
    })
    if (news && author?.id !== me.id) announce(news.sentence, news.by)
    if (isChange) return
    if (root === 'comments' || root === 'threads' || root === 'decisions' || root === 'dissents') {
      const thread = threadOf(document, root, entry)
      if (thread !== null && !(choices.tab() === 'discussion' && choices.thread() === thread))
        setUnread((known) => new Set([...known, thread]))
    }
  }

  const document = createDocument(link, me, kase, onArrival)
  link.statuses.on(({ state }) => {
    if (state === 'live') met = true
  })
  const people = createPeople(link, me, document.authors, { announce, setNote })
  const prior = createPrior({ prior: kase.prior, series: opened }, link.statuses, seriesOf)
  const earlier = createMemo(() => prior.series().map(inUptake))
  const all = createMemo(() => [...list, ...earlier()])
  const series = createSeries(list, earlier, kase.coverSeries, createLibrary(all, memoryBudget()))
  const panes = createPanes(series)
  const thumbnails = createThumbnails(all, series, () => series.progress().here > 0)
  const linking = createLinking(series, panes)
  const fusion = createFusion(series, panes)
  const hanging = createHanging(kase.hanging, series, panes, linking)
  const stage = createMemo(() => panes.stages()[panes.active()] ?? null)
  const revisions = createRevisions(kase.document, link)
  const chronicle = createChronicle(kase.document, revisions.head)
  const past = createPast(kase.document, chronicle)
  const standing = createStanding(kase, document.status)
  const rights = createRights({
    actor: () => ({ person: me.id, role: standing.role() }),
    phase: standing.phase,
    isPast: past.isPast,
    isPrior: () => series.isPrior(series.current()?.id),
    canWrite: () => document.status().canWrite,
    maker: (entry) => {
      const known = document.authorOf(entry)?.author
      return known ? { person: known.id, name: known.name } : null
    },
    writer: (annotation, field) => document.writerOf(annotation, field)?.author.id ?? null,
  })
  const choices = createChoices(kase, people, (thread) => {
    setUnread((known) => new Set([...known].filter((id) => id !== thread)))
  })
  const shelves = createMemo(() => (past.isPast() ? past : document).records.shelves)

  const talk = createTalk(shelves)
  const labels = new Map(kase.labels.map((label) => [label.key, label]))

  const goToPlace = (id: string, point: Vec3, frame: number): void => {
    people.leave()
    const pane = panes.showing(id)
    if (pane === null) return series.choose(id, { point, frame })
    panes.activate(pane)
    stage()?.focusOn(point, frame)
    if (panes.layout().panes > 1) panes.point({ at: point, by: panes.active() })
  }

  const labelTitle = (key: string): string => labels.get(key)?.title ?? (key === '' ? 'No label' : key)
  const wording = wordingOf(labelTitle, list)
  const timeline = createTimeline({
    document: kase.document,
    chronicle,
    past,
    head: revisions.head,
    wording,
    goToPlace,
    gridOf: (id) => {
      const found = list.find((one) => one.id === id)
      return found ? gridOfSeries(found) : null
    },
  })
  const comparison = createComparison({
    document: kase.document,
    chronicle,
    moment: timeline.moment,
    isOpen: timeline.isOpen,
  })
  const blame = createBlame({
    document: kase.document,
    moment: timeline.moment,
    shelves,
    selection: choices.selection,
    probe,
    view,
    isHidden: choices.isHidden,
  })

  // What could not be done was about what was chosen then.
  createEffect(on(choices.selection, () => setNote(null), { defer: true }))
  const act: Desk['act'] = (write, ...args) => {
    try {
      setNote(null)
      return write(link.doc, ...args)
    } catch (error) {
      if (!(error instanceof ActFault)) throw error
      setNote(error.message)
      return undefined
    }
  }
  const typed = openTyped(me.id, kase.document)
  const labelNumber = (key: string): number | undefined => labels.get(key)?.colour
  const painting = createPainting({
    document,
    kase,
    me,
    series,
    past,
    shelves,
    rights,
    choices,
    people,
    probe,
    view,
    stage,
    act,
    typed,
    setNote,
    announce: (sentence) => void announce(sentence),
    labelTitle,
    labelNumber,
    isBlamed: blame.isOn,
  })
  const reticle = createReticle({ stage, probe, series, shelves, labelTitle, drawing, choices, answer })
  const kept = createKeptDesk({ link, document, rights, kase, me })

  return {
    me,
    kase,
    document,
    people,
    series,
    rights,
    standing,
    prior,
    kept,
    past,
    timeline,
    comparison,
    blame,
    revisions,
    choices,
    keymap: createKeymap(me.id, kase.keymap),
    help: createHelp(),
    lastTool: createLastTool(choices.tool),
    shelves,
    view,
    setView,
    probe,
    setProbe,
    typed,
    talk,
    panes,
    thumbnails,
    linking,
    fusion,
    hanging,
    painting,
    reticle,
    twin: createTwin(panes.active),
    stage,
    drawing,
    setDrawing,
    note,
    setNote,
    announcement,
    announce,
    unread,
    wording,
    labelTitle,
    frameWords: wording.frameWords,
    labelNumber,
    act,
    goTo(annotation) {
      choices.select(annotation.id)
      const center = centerOf(annotation)
      if (center) goToPlace(annotation.source.series, center, annotation.source.frame)
    },
    goToPlace,
  }
}

function threadOf(
  document: LiveDocument,
  root: Exclude<RootName, 'annotations'>,
  entry: EntryKey,
): EntryKey | null {
  const { shelves } = document.records
  if (root === 'threads') return entry
  if (root === 'comments') return shelves.comments.get(entry)?.thread ?? null
  if (root === 'decisions') return shelves.decisions.get(entry)?.thread ?? null
  const decision = shelves.dissents.get(entry)?.decision
  return decision === undefined ? null : (shelves.decisions.get(decision)?.thread ?? null)
}
