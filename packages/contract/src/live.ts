/**
 * What travels on the live channel beside Yjs' own bytes: the token, stateless messages, awareness.
 * The socket is Hocuspocus' at `/collab`; people come with their session cookie, scripts with `?token=`.
 */
import { z } from 'zod'
import { Role } from './people.ts'
import { Author, Revision } from './revisions.ts'

export const COLLAB_PATH = '/collab'

/** The provider's `token`, as JSON: which leased clientID this page writes under. Absent for one that only looks. */
export const LiveToken = z.object({ client: z.number().int().nonnegative() })
export type LiveToken = z.infer<typeof LiveToken>

/** Server to page. `journal` follows each commit; `refused` comes before the document is closed; `rights` when the role changed. */
export const ServerMessage = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('journal'),
    revision: Revision,
    client: z.number(),
    clock: z.number(),
    len: z.number(),
  }),
  z.object({ t: z.literal('refused'), code: z.string(), message: z.string(), next: z.string() }),
])
export type ServerMessage = z.infer<typeof ServerMessage>

/** Stamped by the server on every awareness state; whatever the page says of itself is overwritten. */
export const Identity = Author.extend({
  role: Role.nullable(),
  colour: z.number().int().describe('0 to 5: people colours, by order of joining'),
})
export type Identity = z.infer<typeof Identity>

const Point = z.tuple([z.number(), z.number(), z.number()])

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
      points: z.array(Point).max(2_000),
      replaces: z.string().nullable(),
    })
    .nullable()
    .optional(),
  selection: z.string().nullable().optional(),
  view: z
    .object({
      series: z.string(),
      frame: z.number().int(),
      center: Point,
      mmPerPixel: z.number(),
      window: z.object({ center: z.number(), width: z.number() }),
      /** CSS pixels: whoever follows on a smaller pane still sees all of it. */
      pane: z.object({ width: z.number(), height: z.number() }).optional(),
    })
    .nullable()
    .optional(),
  following: z.string().nullable().optional(),
})
export type Presence = z.infer<typeof Presence>
