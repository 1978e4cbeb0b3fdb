/**
 * May these acts of painting be laid into these lanes? Asked once all of an update is placed, so that it may make a segment and paint in it.
 *
 *   a lane    belongs to its client; a new one is the next; elements come behind its last one, and nothing is taken out of it but by the server
 *   an act    parses exactly, is within the limits, paints in a segment whose series has a grid, and its number is above its client's last
 *             one and not far above the highest of all: else somebody could paint above what others will paint
 *   a switch  turns acts that are there, with the hand of their author, or of an adjudicator
 *   all       of an update together is no more work than the others' pages can do beside what they are used for
 *
 * Nothing of the document is walked, and no voxel is looked at: the cost is that of reading the acts.
 */
import { Refusal } from '@consilium/contract/refusals'
import { MASK_ARCHIVES, MASKS } from '@consilium/crdt-schema/documents'
import type { MaskAct, Paint, Switch } from '@consilium/crdt-schema/painting'
import { LaneReader } from '@consilium/crdt-schema/painting/lane'
import { type LaneName, laneKey, parseLaneKey } from '@consilium/crdt-schema/painting/lanes'
import { LANE_LIMITS, TOGETHER_LIMITS } from '@consilium/crdt-schema/painting/limits'
import { MalformedAct } from '@consilium/crdt-schema/painting/malformed'
import type { Painting } from '@consilium/crdt-schema/policy'
import { faultOf } from '@consilium/geometry/raster/fault'
import { workOf } from '@consilium/geometry/raster/limits'
import * as Y from 'yjs'
import type { Container } from './container.ts'
import type { Id, Struct } from './decode.ts'
import type { Grids } from './grids.ts'
import { MAX_LAMPORT_AHEAD } from './limits.ts'
import type { PaintLog } from './paintLog.ts'

/** Where painting is judged. */
export interface Canvas {
  readonly ydoc: Y.Doc
  readonly log: PaintLog
  readonly grids: Grids
}

export interface PaintJudge {
  /** Throws a Refusal. */
  judge(painting: Painting): void
  personOf(client: number): number | null
  /** The server's own hand: it moves acts into archives. */
  readonly isArchivist: boolean
}

const malformed = (message?: string): Refusal => new Refusal('malformed', message ? { message } : undefined)
const wrong = (message: string): Refusal => new Refusal('invalid-value', { message })
const tooMuch = (message: string): Refusal => new Refusal('too-large', { message })

/** Is there anything of painting in what is touched? */
export const isPainting = (containers: readonly Container[]): boolean =>
  containers.some(({ root }) => root === MASKS || root === MASK_ARCHIVES)

/** The segments that are touched. Throws a Refusal. */
export function checkPainting(
  canvas: Canvas,
  containers: readonly Container[],
  judge: PaintJudge,
): ReadonlySet<string> {
  const lanes = lanesIn(containers)
  const segments = new Set<string>()
  if (!judge.isArchivist && containers.some(isArchive)) throw new Refusal('never-changed')
  if (lanes.length === 0) return segments
  canvas.log.catchUp()
  if (!judge.isArchivist) judge.judge({ op: 'paint' })
  checkTurns(lanes)
  const acts = lanes.flatMap((lane) => actsIn(canvas, lane, lanes, judge))
  checkNumbers(canvas.log, acts)
  checkTurned(acts)
  const fresh = new Map(acts.map((act) => [nameOf(act.id.client, act.id.lamport), act]))
  let work = 0
  for (const { body } of acts)
    if (body.act === 'paint') {
      work += checkShape(canvas, containers, body)
      if (work > TOGETHER_LIMITS.work) throw tooMuch('This paints more at once than is taken in at once.')
      segments.add(body.segment)
    } else for (const segment of turned(canvas.log, fresh, body, judge)) segments.add(segment)
  return segments
}

const isArchive = ({ root, slots }: Container): boolean => root === MASK_ARCHIVES && slots.length > 0

interface Touched {
  readonly name: LaneName
  readonly container: Container
}

/** In the order in which they are written. */
const lanesIn = (containers: readonly Container[]): Touched[] =>
  containers
    .flatMap((container): Touched[] => {
      const name = container.shape === 'lane' ? parseLaneKey(container.field ?? '') : null
      const isTouched = container.type === null || container.typed.length > 0 || container.growth !== 0
      return name && isTouched ? [{ name, container }] : []
    })
    .sort((a, b) => a.name.client - b.name.client || a.name.number - b.name.number)

function actsIn(
  { ydoc, log }: Canvas,
  { name, container }: Touched,
  lanes: readonly Touched[],
  { isArchivist }: PaintJudge,
): MaskAct[] {
  if (container.growth !== 0 && !isArchivist) throw new Refusal('never-removed')
  if (container.type === null) checkNext(ydoc, name, lanes)
  const { typed } = container
  if (typed.length === 0) return []
  if (exists(ydoc, { ...name, number: name.number + 1 }))
    throw malformed('Painting goes on in the newest lane of its page.')
  const before = log.standing(name.client)
  const known = before?.number === name.number ? before : null
  if ((known?.state.elements ?? 0) + typed.length > LANE_LIMITS.elements)
    throw tooMuch('This lane of painting is full.')
  checkOrder(name, typed, known?.clock ?? null)
  const reader = new LaneReader(known?.state ?? name.client)
  return typed.flatMap((struct) => readOne(reader, struct.content as Uint8Array) ?? [])
}

function readOne(reader: LaneReader, element: Uint8Array): MaskAct | null {
  try {
    return reader.read(element)
  } catch (error) {
    if (error instanceof MalformedAct) throw malformed(error.message)
    throw error
  }
}

/** Whoever goes on in a new lane does not go back to the one before. */
function checkTurns(lanes: readonly Touched[]): void {
  let before: Touched | undefined
  for (const lane of lanes) {
    const end = before?.name.client === lane.name.client ? (before.container.typed.at(-1)?.end ?? 0) : 0
    if ((lane.container.typed[0]?.clock ?? end) < end)
      throw malformed('Painting goes on in the newest lane of its page.')
    if (lane.container.typed.length > 0) before = lane
  }
}

/** A new lane is its client's next one. */
function checkNext(ydoc: Y.Doc, { client, number }: LaneName, lanes: readonly Touched[]): void {
  const before = { client, number: number - 1 }
  const isMade = lanes.some(({ name }) => name.client === client && name.number === before.number)
  if (number > 0 && !isMade && !exists(ydoc, before)) throw malformed('A lane of painting was left out.')
}

const exists = (ydoc: Y.Doc, name: LaneName): boolean => ydoc.getMap(MASKS)._map.has(laneKey(name))

/** Each behind the one before, the first behind the last that is there. */
function checkOrder({ client }: LaneName, typed: readonly Struct[], last: number | null): void {
  let left: Id | null = last === null ? null : { client, clock: last }
  for (const struct of typed) {
    if (struct.client !== client) throw new Refusal('foreign-authorship')
    if (struct.left?.clock !== left?.clock || (struct.left?.client ?? client) !== client) throw malformed()
    left = { client, clock: struct.end - 1 }
  }
}

/** Two pages of one person may come in one update, each having seen the other's. */
function checkNumbers(log: PaintLog, acts: readonly MaskAct[]): void {
  const last = new Map<number, number>()
  for (const { id } of acts) {
    if (id.lamport <= (last.get(id.client) ?? log.lastOf(id.client)))
      throw malformed('The number of an act in order does not grow.')
    last.set(id.client, id.lamport)
  }
  let highest = log.highest
  for (const lamport of acts.map(({ id }) => id.lamport).sort((a, b) => a - b)) {
    if (lamport > highest + MAX_LAMPORT_AHEAD)
      throw wrong('This act claims to come after what nobody has painted yet.')
    if (lamport > highest) highest = lamport
  }
}

/** A few bytes name thousands of acts. */
function checkTurned(acts: readonly MaskAct[]): void {
  let turned = 0
  for (const { body } of acts) if (body.act !== 'paint') turned += body.count
  if (turned > TOGETHER_LIMITS.turned)
    throw tooMuch('This takes back or restores more acts of painting than is taken in at once.')
}

/** Returns how much work it is to paint it. */
function checkShape(canvas: Canvas, containers: readonly Container[], { segment, shape }: Paint): number {
  const series = seriesOf(canvas.ydoc, containers, segment)
  if (series === null) throw wrong('This paints in a segment that is not there.')
  const grid = canvas.grids.of(series)
  if (grid === null) throw wrong('The pictures of this series lie on no grid that can be painted on.')
  const fault = faultOf(shape, grid)
  if (fault !== null) throw wrong(fault)
  return workOf(shape, grid)
}

/** The series of a segment, which is stored or comes with the same update; null where it is none. */
function seriesOf(ydoc: Y.Doc, containers: readonly Container[], segment: string): string | null {
  const entry = ydoc.getMap('annotations').get(segment)
  const made = entry
    ? null
    : containers.find(({ shape, entry }) => shape === 'entry' && entry?.entry === segment)
  const at = (field: string): unknown =>
    entry instanceof Y.Map ? entry.get(field) : made?.find(field)?.value()
  if (at('kind') !== 'segment') return null
  const { series } = (at('source') ?? {}) as { series?: unknown }
  return typeof series === 'string' ? series : null
}

/** The segments of the acts that it turns. */
function* turned(
  log: PaintLog,
  fresh: ReadonlyMap<string, MaskAct>,
  { hand, target: { client, lamport }, count }: Switch,
  { judge, personOf }: PaintJudge,
): Generator<string> {
  judge({ op: 'switch', hand, owner: personOf(client) })
  for (let n = lamport; n < lamport + count; n++) {
    const body = fresh.get(nameOf(client, n))?.body
    const segment = body?.act === 'paint' ? body.segment : log.segmentOf(client, n)
    if (segment === null) throw wrong('This takes back what nobody has painted.')
    yield segment
  }
}

const nameOf = (client: number, lamport: number): string => `${client} ${lamport}`
