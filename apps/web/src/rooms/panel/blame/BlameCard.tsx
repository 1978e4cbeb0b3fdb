/** Beside a vertex that is pointed at: who put it there, as what, with which qualification, when, in which revision. */
import { kindOf } from '@consilium/crdt-schema/kinds'
import X from 'lucide-solid/icons/x'
import { createMemo, type JSX, Show } from 'solid-js'
import { explain } from '../../../errors.ts'
import { capital, number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { useDesk } from '../state/desk.ts'

export function BlameCard(props: {
  /** Of the pointer when it came to the vertex, CSS pixels within the pane. */
  readonly at: { readonly x: number; readonly y: number }
}): JSX.Element {
  const { blame, shelves, timeline, document } = useDesk()
  const annotation = () => shelves().annotations.get(blame.pointed()?.annotation ?? '')
  const credit = createMemo(() => blame.blame()?.vertices[blame.pointed()?.key ?? ''])
  const what = () => {
    const found = annotation()
    return found
      ? `${kindOf(found.kind).title}, vertex ${blame.pointed()?.place} of ${found.vertices.length}`
      : ''
  }
  return (
    <aside
      aria-label="Who made this vertex"
      class="appear absolute z-20 flex w-72 flex-col gap-2.5 rounded-card border border-line2 bg-s2 p-3 shadow-float"
      style={{
        left: `clamp(8px, ${props.at.x + 16}px, calc(100% - 296px))`,
        top: `clamp(8px, ${props.at.y + 16}px, calc(100% - 168px))`,
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
                <p class="text-12 text-t2">
                  {[capital(found().writer.role ?? 'administrator'), found().writer.credential]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
              <IconButton icon={X} label="Close" size="small" side="left" onClick={blame.letGo} />
            </div>
            <dl class="grid grid-cols-[64px_1fr] gap-x-2 gap-y-1 text-12">
              <dt class="text-t3">What</dt>
              <dd class="text-t1">{what()}</dd>
              <dt class="text-t3">When</dt>
              <dd class="text-t1">
                {timeOfDay(found().at)} · revision {number(found().seq)}
              </dd>
            </dl>
            <Button size="bar" class="self-start" onClick={() => void timeline.lookAt(found().seq)}>
              Go to revision
            </Button>
          </>
        )}
      </Show>
    </aside>
  )
}
