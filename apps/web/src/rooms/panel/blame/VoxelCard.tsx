/**
 * Beside the picture while one asks who made it: who painted or erased the voxel under the pointer, when, how, and what it was before; and
 * what an adjudicator withdrew there.
 */
import { takeBack, turnAsAdjudicator } from '@consilium/crdt-schema/acts'
import type { MaskAct } from '@consilium/crdt-schema/painting'
import Redo2 from 'lucide-solid/icons/redo-2'
import Undo2 from 'lucide-solid/icons/undo-2'
import X from 'lucide-solid/icons/x'
import { createMemo, type JSX, Show } from 'solid-js'
import { capital, number } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { strokeWords } from '../state/painting/mine.ts'
import type { VoxelCredit } from '../state/painting/voxelBlame.ts'
import { whenWords } from './credits.ts'

export function VoxelCard(props: { readonly credit: VoxelCredit }): JSX.Element {
  const { painting, document, me, timeline, rights, act } = useDesk()
  const who = (act: MaskAct) => {
    // People behind clientIDs are learned by and by.
    document.colourOf(me.id)
    return document.authors.byClient(act.id.client)
  }
  /** In effect, or else withdrawn. */
  const told = (): MaskAct | null => props.credit.act ?? props.credit.withdrawn
  const author = createMemo(() => {
    const act = told()
    return act && who(act)
  })
  const what = (act: MaskAct): string => {
    const grid = painting.grid()
    return grid && act.body.act === 'paint' ? strokeWords(act.body.value, act.body.shape, grid) : ''
  }
  const segment = () => painting.segments().find(({ id }) => id === props.credit.segment)
  const isOwn = (act: MaskAct) => document.link.wrote(act.id.client) || who(act)?.author.id === me.id
  const byName = (act: MaskAct): string => `${what(act)}, by ${who(act)?.author.name ?? 'somebody'}`
  const mayAdjudicate = (act: MaskAct): boolean =>
    rights.deniedPainting({ op: 'switch', hand: 'adjudicator', owner: who(act)?.author.id ?? null }) === null
  const adjudicate = (turned: 'withdraw' | 'restore', { id }: MaskAct): void => {
    const doing = turned === 'withdraw' ? 'withdrawal' : 'restoring'
    act(turnAsAdjudicator, turned, id, `${doing} of what was painted in ${segment()?.title ?? ''}`)
  }
  const before = (): string => {
    const { under } = props.credit
    return under ? byName(under) : 'Nothing was painted here'
  }
  return (
    <aside
      aria-label="Who painted this voxel"
      class="appear absolute bottom-28 left-3 z-20 flex w-80 flex-col gap-2.5 rounded-card border border-line2 bg-s2 p-3 shadow-float"
    >
      <div class="flex items-start gap-2.5">
        <Show when={author()} fallback={<span class="flex-1 text-12 text-t2">Looking it up</span>}>
          {(found) => (
            <>
              <Avatar
                initials={found().author.initials}
                order={found().colour}
                role={found().role}
                size={26}
              />
              <div class="min-w-0 flex-1">
                <p class="truncate text-13 font-medium text-t1">{found().author.name}</p>
                <p class="text-12 text-t2">{capital(found().role ?? 'administrator')}</p>
              </div>
            </>
          )}
        </Show>
        <IconButton icon={X} label="Close" size="small" side="left" onClick={painting.blame.letGo} />
      </div>
      <dl class="grid grid-cols-[64px_1fr] gap-x-2 gap-y-1 text-12">
        <dt class="text-t3">Segment</dt>
        <dd class="truncate text-t1">{segment()?.title}</dd>
        <Show when={props.credit.act}>
          {(painted) => (
            <>
              <dt class="text-t3">What</dt>
              <dd class="text-t1">{what(painted())}</dd>
            </>
          )}
        </Show>
        <Show when={told()}>
          {(act) => (
            <>
              <dt class="text-t3">When</dt>
              <dd class="text-t1">
                {whenWords(act().at, Date.now())}
                <Show when={props.credit.seq}>{(seq) => <> · revision {number(seq())}</>}</Show>
              </dd>
            </>
          )}
        </Show>
        <Show when={props.credit.act}>
          <dt class="text-t3">Before</dt>
          <dd class="text-t1">{before()}</dd>
        </Show>
        <Show when={props.credit.withdrawn}>
          {(withdrawn) => (
            <>
              <dt class="text-t3">Withdrawn</dt>
              <dd class="text-t1">{byName(withdrawn())}</dd>
            </>
          )}
        </Show>
      </dl>
      <div class="flex flex-wrap gap-2">
        <Show when={props.credit.seq}>
          {(seq) => (
            <Button size="bar" onClick={() => void timeline.lookAt(seq())}>
              Go to revision
            </Button>
          )}
        </Show>
        <Show when={props.credit.act}>
          {(painted) => (
            <>
              <Show when={isOwn(painted()) && rights.denied('annotations') === null}>
                <Button
                  size="bar"
                  icon={Undo2}
                  onClick={() => {
                    const doing = `taking back what was painted in ${segment()?.title ?? ''}`
                    act(takeBack, painted().id, doing)
                    painting.blame.letGo()
                  }}
                >
                  Take it back
                </Button>
              </Show>
              <Show when={!isOwn(painted()) && mayAdjudicate(painted())}>
                <Button size="bar" icon={Undo2} onClick={() => adjudicate('withdraw', painted())}>
                  Withdraw as adjudicator
                </Button>
              </Show>
            </>
          )}
        </Show>
        <Show when={props.credit.withdrawn}>
          {(withdrawn) => (
            <Show when={mayAdjudicate(withdrawn())}>
              <Button size="bar" icon={Redo2} onClick={() => adjudicate('restore', withdrawn())}>
                Restore
              </Button>
            </Show>
          )}
        </Show>
      </div>
    </aside>
  )
}
