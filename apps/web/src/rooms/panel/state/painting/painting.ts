/**
 * Painting in an open case: segments of the series in view, what is painted in and with, what the stage shows of it, and what one's hand
 * does. Voxels are the engine's (session/masks); here they are put together with people, colours and rights.
 */
import { annotate, paint as paintAct } from '@consilium/crdt-schema/acts'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import { normalOf } from '@consilium/geometry/plane'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { MaskView } from '@consilium/viewer/masks'
import type { Painted, PaintSettings, ScenePaint } from '@consilium/viewer/scene'
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import { labelColour } from '../../../../parts/colours.ts'
import { saidStroke } from '../../../../session/masks/strokes.ts'
import { createMaskFiles, type MaskFiles } from '../../operations/files.ts'
import { createOperations, type Operations } from '../../operations/operations.ts'
import type { Desk } from '../desk.ts'
import { createArchives } from './archives.ts'
import { type AwayState, createAway } from './away.ts'
import { createBeside } from './beside.ts'
import { type Brush, createBrush } from './brush.ts'
import { type Canvases, createCanvases } from './canvases.ts'
import { createLooks, type Looks } from './looks.ts'
import { draftsOf, titleOf } from './mine.ts'
import { createSegments, freeColour, freeName, type SegmentRow } from './segments.ts'
import { createShown } from './shown.ts'
import { createStrokes, type Strokes } from './strokes.ts'
import { peerStrokes } from './theirs.ts'
import { createVoxelBlame, type VoxelBlame } from './voxelBlame.ts'
import { createWritten } from './written.ts'

export interface NewSegment {
  readonly label: string
  readonly name: string
  /** #rrggbb */
  readonly colour: string
}

/** What this reader's hand paints just now, and in which pane. */
export interface OwnStroke {
  readonly by: number
  readonly stroke: Painted
}

export interface PaintingState {
  /** Null where the series has no masks. */
  readonly grid: Accessor<Grid | null>
  /** Bottom to top. */
  readonly segments: Accessor<readonly SegmentRow[]>
  /** What is painted in; null while none is chosen. */
  readonly chosen: Accessor<SegmentRow | null>
  readonly choose: (segment: EntryKey | null) => void
  readonly brush: Brush
  readonly looks: Looks
  readonly canvases: Canvases
  /** Archives that are not here yet. */
  readonly missing: Accessor<number>
  readonly byReader: Accessor<boolean>
  readonly setByReader: (byReader: boolean) => void
  /** For the stage. */
  readonly view: Accessor<MaskView | null>
  /** Of a series beside it, for as long as the owner of the caller is there. */
  readonly beside: (series: string) => Accessor<MaskView | null>
  readonly scene: Accessor<ScenePaint | undefined>
  readonly paint: (painted: Painted) => void
  readonly sayStroke: (stroke: Painted | null) => void
  readonly ownStroke: Accessor<OwnStroke | null>
  readonly setOwnStroke: (stroke: OwnStroke | null) => void
  readonly operations: Operations
  readonly files: MaskFiles
  /** As the form proposes it. */
  readonly proposed: (label: string) => NewSegment
  /** Makes one on the slice in view and paints in it from now on; false where that cannot be. */
  readonly create: (segment: NewSegment) => boolean
  /** Puts a segment one higher or lower in the order of this reader. */
  readonly move: (segment: EntryKey, by: 1 | -1) => void
  readonly blame: VoxelBlame
  readonly strokes: Strokes
  /** What became of strokes made without a connection. */
  readonly away: AwayState
}

type Needed = Pick<
  Desk,
  | 'document'
  | 'kase'
  | 'me'
  | 'series'
  | 'past'
  | 'shelves'
  | 'rights'
  | 'choices'
  | 'people'
  | 'probe'
  | 'view'
  | 'stage'
  | 'act'
  | 'typed'
  | 'setNote'
  | 'announce'
  | 'labelTitle'
  | 'labelNumber'
> & { readonly isBlamed: Accessor<boolean> }

const NO_MASKS = 'Painting needs slices at even distances; those of this series are not.'
const NONE_CHOSEN = 'Choose a segment in the list, or make a new one.'

export function createPainting(desk: Needed): PaintingState {
  const { document, kase, series, past, rights, choices, people } = desk
  const { link } = document
  const [doc, setDoc] = createSignal<Y.Doc>(link.doc)
  onCleanup(link.documents.on((made) => void setDoc(made)))

  const id = (): string | null => series.current()?.id ?? null
  const grid = createMemo(() => {
    const current = series.current()
    return current && gridOfSeries(current)
  })
  const looks = createLooks(desk.typed)
  const brush = createBrush()
  const segments = createSegments({
    shelves: desk.shelves,
    series: id,
    labelTitle: desk.labelTitle,
    labelNumber: desk.labelNumber,
    isHidden: choices.isHidden,
    looks,
  })
  const missing = createArchives(kase.document, doc)
  const written = createWritten(kase.document, link)
  const canvases = createCanvases({ document, doc, series: id, grid, past, written, missing })
  const [picked, setPicked] = createSignal<EntryKey | null>(null)
  const chosen = createMemo(() => segments().find((segment) => segment.id === picked()) ?? null)
  const [ownStroke, setOwnStroke] = createSignal<OwnStroke | null>(null)
  const [byReader, setByReader] = createSignal(false)

  const faultIn = (into: SegmentRow | null): string | null => {
    if (grid() === null) return NO_MASKS
    const denied = rights.denied('annotations')
    if (denied !== null) return denied
    if (!into) return NONE_CHOSEN
    if (into.isLocked) return `${into.title} is locked. Unlock it in the list to paint in it.`
    return into.isHidden ? `${into.title} is hidden. Show it to paint in it.` : null
  }
  const fault = createMemo(() => faultIn(chosen()))
  /** Null where the window is not known. */
  const window = createMemo(() => desk.view()?.window ?? null)
  const range = createMemo((): PaintSettings['range'] => {
    const { center, width } = window() ?? { center: 0, width: 0 }
    return brush.range() ?? { min: center - width / 2, max: center + width / 2 }
  })
  const settings = createMemo((): PaintSettings => {
    const into = chosen()
    return {
      segment: fault() === null ? (into?.id ?? null) : null,
      fault: fault(),
      colour: into?.colour ?? labelColour(undefined),
      opacity: into?.opacity ?? 0,
      radiusMm: brush.sizeMm() / 2,
      byPressure: brush.byPressure(),
      square: brush.square(),
      ball: brush.ball(),
      // Asked when a stroke begins: another window is no other scene, for which all panes would be painted anew.
      get range() {
        return range()
      },
    }
  })
  const operations = createOperations({
    grid,
    canvases,
    segments,
    chosen,
    faultIn,
    brush,
    frames: series.frames,
    frame: () => desk.view()?.frame ?? 0,
    slices: () => desk.stage()?.maskSlices() ?? null,
    step: (by) => desk.stage()?.step(by),
    range,
    windowWidth: () => window()?.width ?? null,
    act: desk.act,
    setNote: desk.setNote,
    announce: desk.announce,
  })
  const view = createShown({
    document,
    me: desk.me,
    series: id,
    canvases,
    segments,
    byReader,
    pending: () => (past.isPast() ? null : operations.pending()),
  })
  const files = createMaskFiles({
    grid,
    canvases,
    segments,
    series: series.current,
    operations,
    name: () => kase.key,
    label: choices.label,
    frame: () => desk.view()?.frame ?? 0,
    proposed: (label, taken) => proposed(label, taken),
    act: desk.act,
    setNote: desk.setNote,
    announce: desk.announce,
  })
  const others = createMemo(() => people.peers().filter(({ user }) => user.id !== desk.me.id))
  const drafts = createMemo(
    () => {
      const on = grid()
      return on && !past.isPast() ? peerStrokes(others(), id(), on, segments()) : []
    },
    [],
    // Others who only point paint nothing.
    { equals: (a, b) => a.length === 0 && b.length === 0 },
  )
  const scene = createMemo((): ScenePaint | undefined =>
    grid() === null ? undefined : { settings: settings(), drafts: drafts() },
  )

  const paint = (painted: Painted): void => {
    const on = grid()
    const engine = canvases.live()?.canvas.engine
    if (!on || !engine) return
    const giving = brush.exclusive() ? segments() : []
    const name = segments().find(({ id }) => id === painted.segment)?.title ?? ''
    desk.act(paintAct, on, draftsOf(painted, giving, engine), titleOf(painted.value, painted.shape, name, on))
  }
  const choose = (segment: EntryKey | null): void => {
    setPicked(segment)
    choices.select(segment)
  }
  const proposed = (label: string, taken: readonly Pick<SegmentRow, 'title' | 'colour'>[]): NewSegment => ({
    label,
    name: freeName(
      desk.labelTitle(label),
      taken.map(({ title }) => title),
    ),
    colour: freeColour(
      labelColour(desk.labelNumber(label)),
      taken.map(({ colour }) => colour),
    ),
  })

  return {
    grid,
    segments,
    chosen,
    choose,
    brush,
    looks,
    canvases,
    missing,
    byReader,
    setByReader,
    view,
    beside: (other) =>
      createBeside(series.list, other, {
        document,
        doc,
        past,
        written,
        missing,
        shelves: desk.shelves,
        labelTitle: desk.labelTitle,
        labelNumber: desk.labelNumber,
        isHidden: choices.isHidden,
        looks,
      }),
    scene,
    paint,
    ownStroke,
    setOwnStroke: (stroke) => void setOwnStroke(stroke),
    sayStroke: (stroke) => {
      const on = id()
      if (stroke === null || on === null) return people.say({ stroke: null })
      const said = saidStroke(on, stroke)
      // What is too long to be told stays as it was seen last.
      if (said) people.say({ stroke: said })
    },
    operations,
    files,
    proposed: (label) => proposed(label, segments()),
    create: ({ label, name, colour }) => {
      const on = id()
      const plane = desk.stage()?.plane()
      if (on === null) return false
      const made = desk.act(annotate, {
        kind: 'segment',
        label,
        name,
        colour,
        source: { series: on, frame: desk.view()?.frame ?? 0, normal: plane ? normalOf(plane) : [0, 0, 1] },
        points: [],
      })
      if (made !== undefined) choose(made)
      return made !== undefined
    },
    move: (segment, by) => {
      const ids = segments().map((row) => row.id)
      const from = ids.indexOf(segment)
      const to = from + by
      if (from < 0 || to < 0 || to >= ids.length) return
      ids.splice(to, 0, ...ids.splice(from, 1))
      looks.setOrder(ids)
    },
    away: createAway({
      link,
      doc,
      canvases,
      isOwn: (client) => link.wrote(client) || document.authors.byClient(client)?.author.id === desk.me.id,
    }),
    strokes: createStrokes(doc, written),
    blame: createVoxelBlame({
      isOn: desk.isBlamed,
      probe: desk.probe,
      segments,
      canvases,
      written,
    }),
  }
}
