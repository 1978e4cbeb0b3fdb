/**
 * What is here: series as the contract tells them, their packs, frames and previews. Reads only.
 * A series never changes once it is written, so what was read is remembered, and everything below it may be cached for ever. Only its
 * copy in less detail comes later (lowering.ts), and then it is forgotten here.
 */
import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { Region, Series } from '@consilium/contract/studies'
import { lowerShape } from '@consilium/imaging/lower'
import { decodeFrames, type FrameShape, frameBytes, planPacks } from '@consilium/imaging/packs'
import { bytesOf, type Samples } from '@consilium/imaging/samples'
import type { Slice } from '@consilium/imaging/series'
import { asc, eq, sql } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { cases } from '../db/projects.ts'
import { frames, series } from '../db/studies.ts'
import { travelling } from './blobCoding.ts'
import type { StoredBytes } from './encoding.ts'
import { LOWER_FACTOR } from './large.ts'
import { drawPreview } from './preview.ts'
import type { BlobStore } from './storage.ts'

const inflate = promisify(zstdDecompress)

/** Series remembered; one of 1000 slices takes about 200 kB. */
const REMEMBERED = 100

export interface SeriesRecord {
  readonly project: string
  readonly series: Series
  /** SHA-256 of its frames in less detail, in order; empty where it has none. */
  readonly lowerSha256: readonly string[]
}

export class Catalogue {
  readonly #db: Database
  readonly #blobs: BlobStore
  readonly #remembered = new Map<string, Promise<SeriesRecord | null>>()

  constructor(db: Database, blobs: BlobStore) {
    this.#db = db
    this.#blobs = blobs
  }

  /** Whoever asks while it is being read waits for the same answer. */
  find(id: string): Promise<SeriesRecord | null> {
    const known = this.#remembered.get(id)
    if (known) return known
    const reading = this.#read(id)
    this.#remembered.set(id, reading)
    const isNothing = () => {
      if (this.#remembered.get(id) === reading) this.#remembered.delete(id)
    }
    reading.then((record) => record ?? isNothing(), isNothing)
    const oldest = this.#remembered.keys().next().value
    if (this.#remembered.size > REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest)
    return reading
  }

  /** In the order given; ids that do not exist are left out. */
  async list(ids: readonly string[]): Promise<Series[]> {
    const found: Series[] = []
    for (const id of ids) {
      const record = await this.find(id)
      if (record) found.push(record.series)
    }
    return found
  }

  /** Has the case a series at all? */
  async hasAny(caseId: string): Promise<boolean> {
    const rows = await this.#db.orm
      .select({ id: series.id })
      .from(series)
      .where(eq(series.case, caseId))
      .limit(1)
    return rows.length > 0
  }

  /** The largest stack first: it is what a reader wants to see. */
  async ofCase(caseId: string): Promise<Series[]> {
    const rows = await this.#db.orm
      .select({ id: series.id, slices: series.slices, createdAt: series.createdAt })
      .from(series)
      .where(eq(series.case, caseId))
    rows.sort((a, b) => b.slices - a.slices || b.createdAt - a.createdAt)
    return this.list(rows.map((row) => row.id))
  }

  /** Its copy in less detail is complete. */
  forget(id: string): void {
    this.#remembered.delete(id)
  }

  /** Frames of it, named for ever. */
  pack({ series: about }: SeriesRecord, number: number): StoredBytes | null {
    return this.#packOf(about.packs[number], about.frameSha256, about)
  }

  /** The same in less detail. */
  lowerPack({ series: about, lowerSha256 }: SeriesRecord, number: number): StoredBytes | null {
    const { lower } = about
    return lower && this.#packOf(lower.packs[number], lowerSha256, lowerShape(about, lower.factor))
  }

  #packOf(pack: Pack | undefined, frameNames: readonly string[], shape: FrameShape): StoredBytes | null {
    if (!pack) return null
    const names = frameNames.slice(pack.first, pack.first + pack.count)
    return {
      key: hash('sha256', names.join()),
      plainBytes: frameBytes(shape) * names.length,
      read: () => Promise.all(names.map((sha256) => this.#blob(sha256, shape))),
    }
  }

  async #blob(sha256: string, { rows, columns, samples }: FrameShape): Promise<Buffer> {
    return travelling(await this.#blobs.read('frames', sha256), { sha256, rows, columns, samples })
  }

  /** Stored values of one frame in the series' type, little endian, row by row. */
  async frame(
    { series: about }: SeriesRecord,
    number: number,
  ): Promise<{ sha256: string; bytes: Uint8Array } | null> {
    const sha256 = about.frameSha256[number]
    if (sha256 === undefined) return null
    return { sha256, bytes: bytesOf(await this.#pixels(about, sha256)) }
  }

  /** PNG of the middle frame in the series' own window. */
  async preview({ series: about }: SeriesRecord): Promise<Buffer> {
    const sha256 = about.frameSha256[Math.floor(about.frames / 2)]
    if (sha256 === undefined) throw new Error('a series without frames')
    return drawPreview(await this.#pixels(about, sha256), about)
  }

  async #pixels({ rows, columns, samples }: Series, sha256: string): Promise<Samples> {
    const coded = await inflate(await this.#blob(sha256, { rows, columns, samples }))
    const [frame] = decodeFrames(coded, { rows, columns, count: 1, samples })
    if (!frame) throw new Error('a frame without values')
    return frame
  }

  async #read(id: string): Promise<SeriesRecord | null> {
    const { orm } = this.#db
    const [[row], shown] = await Promise.all([
      orm
        .select({ series, project: cases.project })
        .from(series)
        .innerJoin(cases, eq(cases.id, series.case))
        .where(eq(series.id, id)),
      orm
        .select({
          sha256: frames.sha256,
          position: positionOf,
          lower: frames.lowerSha256,
        })
        .from(frames)
        .where(eq(frames.series, id))
        .orderBy(asc(frames.number)),
    ])
    if (!row) return null
    const { about } = row.series
    const { rows, columns, spacing, rescale, stored, rescaled } = about
    const shape = { rows, columns, samples: about.samples ?? (about.bits.signed ? 'int16' : 'uint16') }
    // Where a file does not say, the arrangement put the slices one beside the other (imaging/series.ts) and warned.
    const slices = shown.length / (about.moments ?? 1)
    const positions = shown.slice(0, slices).map(({ position }, k) => [...(position ?? [0, 0, k])])
    const lowerSha256 = shown.flatMap(({ lower }) => lower ?? [])
    // Told of once it is complete.
    const isLowered = lowerSha256.length === shown.length
    return {
      lowerSha256: isLowered ? lowerSha256 : [],
      project: row.project,
      series: {
        id,
        case: row.series.case,
        modality: about.modality,
        bodyPart: about.bodyPart,
        ...shape,
        slices,
        moments: about.moments ?? 1,
        frames: shown.length,
        times: about.times ? [...about.times] : null,
        // The database keeps these with their keys in an order of its own.
        spacing: { row: spacing.row, column: spacing.column, slice: spacing.slice },
        direction: [...about.direction],
        firstPosition: positions[0] ?? [0, 0, 0],
        positions,
        frameOfReference: about.frameOfReference,
        patientOrientation: about.patientOrientation ? [...about.patientOrientation] : null,
        photometric: about.photometric,
        padding: about.padding ?? null,
        lossy: about.lossy ?? false,
        thickness: about.thickness ?? null,
        spacingAt: about.spacingAt ?? null,
        ...(about.regions && { regions: about.regions.map(regionTold) }),
        rescales: about.rescales?.map(({ slope, intercept }) => ({ slope, intercept })) ?? null,
        voiFunction: about.voiFunction ?? 'LINEAR',
        voiLuts: [...(about.voiLuts ?? [])],
        suv: about.suv ? { how: about.suv.how, factors: { ...about.suv.factors } } : null,
        bits: about.bits,
        rescale: { slope: rescale.slope, intercept: rescale.intercept, unit: rescale.unit },
        stored: { min: stored.min, max: stored.max },
        rescaled: { min: rescaled.min, max: rescaled.max },
        windows: [...about.windows],
        frameSha256: shown.map((frame) => frame.sha256),
        packs: packsOf(shape, shown.length),
        lower: isLowered ? lowerOf(shape, shown.length) : null,
        warnings: [...about.warnings],
        kept: [...about.kept],
        dropped: [...about.dropped],
      },
    }
  }
}

type Pack = Series['packs'][number]

/** The database keeps keys in an order of its own. */
const regionTold = ({ left, top, right, bottom, spacing: { row, column } }: Region): Region => ({
  left,
  top,
  right,
  bottom,
  spacing: { row, column },
})

/** All that is told of a slice by itself. */
const positionOf = sql<Slice['position']>`${frames.slice} -> 'position'`

/** In the order to fetch them. Their bytes are those of their values: what travels is less, and less yet once it is compressed. */
const packsOf = (shape: FrameShape, frameCount: number): Pack[] =>
  planPacks(frameCount, frameBytes(shape)).map(({ first, count }) => ({
    first,
    count,
    bytes: count * frameBytes(shape),
  }))

const lowerOf = (shape: FrameShape, frameCount: number): Series['lower'] => {
  const lower = lowerShape(shape, LOWER_FACTOR)
  return { factor: LOWER_FACTOR, rows: lower.rows, columns: lower.columns, packs: packsOf(lower, frameCount) }
}
