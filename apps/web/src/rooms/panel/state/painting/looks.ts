/**
 * How this reader looks at segments: how opaque, which lie on top, and which are locked against slips of their own hand. Nobody else's
 * matter, so it is kept in this browser and is no part of the record.
 */
import { type Accessor, createSignal } from 'solid-js'
import { z } from 'zod'
import type { Typed } from '../../../../session/typed.ts'

const Kept = z.object({
  opacity: z.record(z.string(), z.number().min(0).max(1)),
  locked: z.array(z.string()),
  order: z.array(z.string()),
})
type Kept = z.infer<typeof Kept>

/** Fill of a segment that nobody has changed: enough to see it, and the picture below. */
export const OPACITY = 0.35

export interface Looks {
  readonly opacity: (segment: string) => number
  readonly setOpacity: (segment: string, opacity: number) => void
  readonly isLocked: (segment: string) => boolean
  readonly toggleLocked: (segment: string) => void
  /** Bottom to top; those that are not in it lie above, in the order of their making. */
  readonly order: Accessor<readonly string[]>
  readonly setOrder: (segments: readonly string[]) => void
}

const FIELD = 'segments'

export function createLooks(kept: Typed): Looks {
  const [looks, setLooks] = createSignal(readKept(kept.get(FIELD)))
  const change = (patch: Partial<Kept>): void => {
    const next = setLooks((before) => ({ ...before, ...patch }))
    kept.set(FIELD, JSON.stringify(next))
  }
  return {
    opacity: (segment) => looks().opacity[segment] ?? OPACITY,
    setOpacity: (segment, opacity) => change({ opacity: { ...looks().opacity, [segment]: opacity } }),
    isLocked: (segment) => looks().locked.includes(segment),
    toggleLocked: (segment) => {
      const { locked } = looks()
      change({
        locked: locked.includes(segment) ? locked.filter((one) => one !== segment) : [...locked, segment],
      })
    },
    order: () => looks().order,
    setOrder: (order) => change({ order: [...order] }),
  }
}

function readKept(text: string): Kept {
  try {
    return Kept.parse(JSON.parse(text))
  } catch {
    // Nothing, or of another version of the page.
    return { opacity: {}, locked: [], order: [] }
  }
}

/** `ids` in the order they were made in. */
export function ordered(ids: readonly string[], order: readonly string[]): readonly string[] {
  const place = new Map(order.map((id, index) => [id, index]))
  const rank = (id: string): number => place.get(id) ?? order.length + ids.indexOf(id)
  return ids.toSorted((a, b) => rank(a) - rank(b))
}
