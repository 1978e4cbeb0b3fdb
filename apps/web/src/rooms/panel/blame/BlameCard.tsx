/** Beside a vertex that is pointed at: who put it there, as what, with which qualification, when, in which revision. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import { toScreen } from '@consilium/viewer/camera'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, type JSX, Show } from 'solid-js'
import { explain } from '../../../errors.ts'
import { number } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'
import { planeOf } from '../state/measures.ts'
import { CopyLink } from '../timeline/CopyLink.tsx'
import { asWhom, type PointedVertex, whenWords } from './credits.ts'

export function BlameCard(props: { readonly vertex: PointedVertex }): JSX.Element {
  const desk = useDesk()
  const { blame, shelves, timeline, document } = desk
  const annotation = () => shelves().annotations.get(props.vertex.annotation)
  const credit = createMemo(() => blame.blame()?.vertices[props.vertex.key])
  const what = () => {
    const found = annotation()
    return found
      ? `${kindOf(found.kind).title}, vertex ${props.vertex.place} of ${found.vertices.length}`
      : ''
  }
  /** Where the vertex lies in the pane, CSS pixels; null while another slice is in view. */
  const at = createMemo(() => {
    const found = annotation()
    const view = desk.view()
    const vertex = found?.vertices.find(({ key }) => key === props.vertex.key)
    const plane = found && planeOf(desk, found)
    // Of planes across the slices the camera is not known here.
    if (!found || !view?.pane || view.slicing || !vertex || !plane) return null
    if (found.source.series !== view.series || found.source.frame !== view.frame) return null
    return toScreen({ ...view, ...view.pane, right: plane.row, down: plane.column }, vertex.at)
  })
  // Whoever points by the keyboard need not see it.
  createEffect(() => {
    const made = credit()
    if (made)
      desk.announce(
        [what(), made.writer.author.name, asWhom(made.writer), whenWords(made.at, Date.now())].join(', '),
      )
  })
  return (
    <>
      <Show when={at()}>
        {(place) => (
          <span
            aria-hidden="true"
            class="pointer-events-none absolute z-10 size-4 -translate-1/2 rounded-full border-2 border-acc"
            style={{ left: `${place().x}px`, top: `${place().y}px` }}
          />
        )}
      </Show>
      <aside
        aria-label="Who made this vertex"
        class="appear absolute z-20 flex w-72 flex-col gap-2.5 rounded-card border border-line2 bg-s2 p-3 shadow-float"
        style={{
          left: `clamp(8px, ${(at()?.x ?? 0) + 16}px, calc(100% - 296px))`,
          top: `clamp(8px, ${(at()?.y ?? 0) + 16}px, calc(100% - 168px))`,
        }}
      >
        <Show
          when={credit()}
          fallback={
            <p class="text-12 text-t2">
              <Show when={blame.fault()} fallback="Looking it up">
                {(fault) => explain(fault()).message}
              </Show>
            </p>
          }
        >
          {(found) => (
            <>
              <div class="flex items-start gap-2.5">
                <Avatar
                  initials={found().writer.author.initials}
                  order={document.colourOf(found().writer.author.id)}
                  role={found().writer.role}
                  size={26}
                />
                <div class="min-w-0 flex-1">
                  <p class="truncate text-13 font-medium text-t1">{found().writer.author.name}</p>
                  <p class="text-12 text-t2">{asWhom(found().writer)}</p>
                </div>
                <IconButton icon={X} label="Close" size="small" side="left" onClick={blame.letGo} />
              </div>
              <dl class="grid grid-cols-[64px_1fr] gap-x-2 gap-y-1 text-12">
                <dt class="text-t3">What</dt>
                <dd class="text-t1">{what()}</dd>
                <dt class="text-t3">When</dt>
                <dd class="text-t1">
                  {whenWords(found().at, Date.now())} · revision {number(found().seq)}
                </dd>
              </dl>
              <div class="flex gap-1">
                <Button size="bar" onClick={() => void timeline.lookAt(found().seq)}>
                  Go to revision
                </Button>
                <CopyLink at={found().seq} />
              </div>
            </>
          )}
        </Show>
      </aside>
    </>
  )
}
