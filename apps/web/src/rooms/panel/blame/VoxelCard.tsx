/** Beside the picture while one asks who made it: who painted or erased the voxel under the pointer, when, how, and what it was before. */
import { takeBack } from '@consilium/crdt-schema/acts'
import type { MaskAct } from '@consilium/crdt-schema/painting'
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
  const author = createMemo(() => who(props.credit.act))
  const what = (act: MaskAct): string => {
    const grid = painting.grid()
    return grid && act.body.act === 'paint' ? strokeWords(act.body.value, act.body.shape, grid) : ''
  }
  const segment = () => painting.segments().find(({ id }) => id === props.credit.segment)
  const isOwn = () => document.link.wrote(props.credit.act.id.client) || author()?.author.id === me.id
  const before = (): string => {
    const { under } = props.credit
    if (!under) return 'Nothing was painted here'
    return `${what(under)}, by ${who(under)?.author.name ?? 'somebody'}`
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
        <dt class="text-t3">What</dt>
        <dd class="text-t1">{what(props.credit.act)}</dd>
        <dt class="text-t3">When</dt>
        <dd class="text-t1">
          {whenWords(props.credit.act.at, Date.now())}
          <Show when={props.credit.seq}>{(seq) => <> · revision {number(seq())}</>}</Show>
        </dd>
        <dt class="text-t3">Before</dt>
        <dd class="text-t1">{before()}</dd>
      </dl>
      <div class="flex flex-wrap gap-2">
        <Show when={props.credit.seq}>
          {(seq) => (
            <Button size="bar" onClick={() => void timeline.lookAt(seq())}>
              Go to revision
            </Button>
          )}
        </Show>
        <Show when={isOwn() && rights.denied('annotations') === null}>
          <Button
            size="bar"
            icon={Undo2}
            onClick={() => {
              act(takeBack, props.credit.act.id, `taking back what was painted in ${segment()?.title ?? ''}`)
              painting.blame.letGo()
            }}
          >
            Take it back
          </Button>
        </Show>
      </div>
    </aside>
  )
}
