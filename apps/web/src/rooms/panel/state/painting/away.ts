/**
 * What one painted without a connection keeps its place in the order of acts, so it may come to lie under what others painted meanwhile. That
 * is told when one is back, with the way to bring it to the top; nothing is done by itself.
 */
import { Act } from '@consilium/crdt-schema/acts'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import type { Link } from '../../../../session/link.ts'
import { type CoveredStroke, coveredBy } from '../../../../session/masks/covered.ts'
import type { Canvases } from './canvases.ts'

export interface AwayState {
  /** Own strokes under newer work, as it was when one came back. */
  readonly covered: Accessor<readonly CoveredStroke[]>
  readonly leave: () => void
}

interface AwayParts {
  readonly link: Link
  readonly doc: Accessor<Y.Doc>
  readonly canvases: Canvases
  readonly isOwn: (client: number) => boolean
}

export function createAway({ link, doc, canvases, isOwn }: AwayParts): AwayState {
  const [covered, setCovered] = createSignal<readonly CoveredStroke[]>([])
  /** Strokes made while the connection was gone. */
  let strokes: MaskAct[][] = []
  createEffect(() => {
    strokes = []
    onCleanup(
      recordOf(doc()).onActs((found, origin) => {
        const acts = found.map(({ act }) => act)
        if (origin instanceof Act && link.status.state === 'offline') strokes.push(acts)
      }),
    )
  })
  onCleanup(
    link.statuses.on(({ state, unsaved }) => {
      const engine = canvases.live()?.canvas.engine
      if (state !== 'live' || unsaved > 0 || strokes.length === 0 || !engine) return
      setCovered(coveredBy(strokes, engine, isOwn))
      strokes = []
    }),
  )
  return { covered, leave: () => setCovered([]) }
}
