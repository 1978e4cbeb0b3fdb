/**
 * What travels on the live channel beside Yjs' own bytes: the token, stateless messages, awareness.
 * The socket is Hocuspocus' at `/collab`; people come with their session cookie, scripts with `?token=`.
 */
import { PHASES } from '@consilium/crdt-schema/policy'
import { z } from 'zod'
import { Role } from './people.ts'
import { Prior } from './prior.ts'
import { Author, Revision } from './revisions.ts'

export const COLLAB_PATH = '/collab'
/** The plain y-websocket protocol: `/yjs/<document name>`, for scripts in any language. */
export const YJS_PATH = '/yjs/'

/** The provider's `token`, as JSON. */
export const LiveToken = z.object({
  /** Which leased clientID this page writes under; null for one that only looks. */
  client: z.number().int().nonnegative().nullable(),
  /** Newest row of this document that the server confirmed to this page as saved, in whatever session. A server that does not have it any more says so (`record-cut`). */
  seen: z.object({ seq: z.number().int().positive(), hash: z.string() }).optional(),
})
export type LiveToken = z.infer<typeof LiveToken>

const Clocks = { client: z.number(), clock: z.number(), len: z.number() }

/** Server to page, as JSON in stateless messages. What a page does not know it leaves aside. */
export const ServerMessage = z.discriminatedUnion('t', [
  /** First, as soon as the document is open. `durable`: a committed row reaches the disk; where false nothing may be called saved. */
  z.object({
    t: z.literal('hello'),
    role: Role.nullable(),
    phase: z.enum(PHASES),
    durable: z.boolean(),
    paused: z.boolean(),
    /** The earlier case that this one is looked at beside. */
    prior: Prior.nullable(),
  }),
  /** To the author alone: one row of theirs is committed. Comes before the acknowledgements it stands for. */
  z.object({ t: z.literal('saved'), seq: z.number(), hash: z.string(), at: z.number(), ...Clocks }),
  /** To everybody: rows that were committed since the last such message, in order; a few times a second at most. */
  z.object({ t: z.literal('journal'), rows: z.array(z.object({ revision: Revision, ...Clocks })) }),
  /** This person's role in the project changed, or the phase of the case did: from here on changes are judged by it. */
  z.object({ t: z.literal('rights'), role: Role.nullable(), phase: z.enum(PHASES) }),
  /** Another case is its prior now, or none. */
  z.object({ t: z.literal('prior'), prior: Prior.nullable() }),
  /** The database does not answer: changes wait, nothing is acknowledged; and later: it answers again. */
  z.object({ t: z.literal('saving'), paused: z.boolean() }),
  /** Before the document is closed. */
  z.object({ t: z.literal('refused'), code: z.string(), message: z.string(), next: z.string() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/**
 * After the payload of a Sync frame (SyncStep2 or update) a page may add one more varUint: ms since 1970, by its own clock, when the
 * oldest change in the frame was made. It is written down as what the page said (`Revision.saidAt`) and believed by nobody.
 * Stock providers send none.
 */
export const MAX_SAID_AT = 2 ** 43

/** Stamped by the server on every awareness state; whatever the page says of itself is overwritten. */
export const Identity = Author.extend({
  role: Role.nullable(),
  colour: z.number().int().describe('0 to 5, see colour.ts'),
})
export type Identity = z.infer<typeof Identity>

const Point = z.tuple([z.number(), z.number(), z.number()])
/** Several planes shown as one. */
const Slab = z.object({ mode: z.enum(['max', 'min', 'mean']), mm: z.number().positive() }).optional()

const Int = z.number().int()
const Ints = z.array(Int).max(8_000)
const Three = z.tuple([Int, Int, Int])
const Axis = z.union([z.literal(0), z.literal(1), z.literal(2)])
/** Shapes of painting as geometry has them, with plain lists of numbers. */
const Brush = z.discriminatedUnion('shape', [
  z.object({
    shape: z.literal('stroke'),
    axis: Axis,
    slice: Int,
    square: z.boolean(),
    radiusUm: Int,
    points: Ints,
  }),
  z.object({
    shape: z.literal('ball'),
    slab: z.boolean(),
    radiusUm: Int,
    origin: Three,
    u: Three,
    v: Three,
    normal: Three,
    points: Ints,
  }),
])
const Painting = z.discriminatedUnion('shape', [
  ...Brush.options,
  z.object({ shape: z.literal('polygon'), axis: Axis, slice: Int, points: Ints }),
  z.object({ shape: z.literal('masked'), base: Brush, keep: Ints }),
])

/** One person's page, as the others see it. All places are patient space, mm. */
export const Presence = z.object({
  user: Identity.optional(),
  cursor: z.object({ at: Point, series: z.string(), frame: z.number().int() }).nullable().optional(),
  /** A shape while it is being drawn or moved; at most 30 a second. */
  draft: z
    .object({
      kind: z.string(),
      label: z.string(),
      series: z.string(),
      frame: z.number().int(),
      /** Of the plane it is drawn in, where that is not the slices' own. */
      normal: Point.optional(),
      points: z.array(Point).max(2_000),
      replaces: z.string().nullable(),
    })
    .nullable()
    .optional(),
  /** A stroke or lasso in a segment while it is made, in the grid of the series; at most 30 a second. */
  stroke: z
    .object({
      series: z.string(),
      segment: z.string(),
      value: z.union([z.literal(0), z.literal(1)]),
      shape: Painting,
    })
    .nullable()
    .optional(),
  selection: z.string().nullable().optional(),
  view: z
    .object({
      series: z.string(),
      frame: z.number().int(),
      /** Which way the series is looked through; absent: as it was taken. */
      slicing: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.enum(['acquired', 'axial', 'coronal', 'sagittal']), slab: Slab }),
          z.object({ kind: z.literal('oblique'), normal: Point, slab: Slab }),
        ])
        .optional(),
      center: Point,
      mmPerPixel: z.number(),
      /** `table`: the index of the file's table that stands in its place. */
      window: z.object({
        center: z.number(),
        width: z.number(),
        table: z.number().int().min(0).optional(),
      }),
      inverted: z.boolean().optional(),
      /** Name of the colours that stand for greys. */
      colours: z.string().max(32).optional(),
      /** What lies over it, in which colours, how opaque and in which window; null where nothing does, absent where that is not said. */
      over: z
        .object({
          series: z.string(),
          colours: z.string().max(32),
          opacity: z.number().min(0).max(1),
          window: z.object({ center: z.number(), width: z.number() }).optional(),
        })
        .nullable()
        .optional(),
      /** How the picture hangs in the pane: turned clockwise, then perhaps mirrored left to right. */
      turned: z.object({ rotation: z.literal([0, 90, 180, 270]), flipped: z.boolean() }).optional(),
      /** The place that all panes of the page show. */
      crosshair: Point.optional(),
      /** CSS pixels: whoever follows on a smaller pane still sees all of it. */
      pane: z.object({ width: z.number(), height: z.number() }).optional(),
    })
    .nullable()
    .optional(),
  following: z.string().nullable().optional(),
})
export type Presence = z.infer<typeof Presence>
