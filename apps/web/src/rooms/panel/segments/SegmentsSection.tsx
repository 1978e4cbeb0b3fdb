/**
 * The segments of the series in view, top to bottom as they lie on the picture: what is painted in, what is seen, how large each is. It
 * stands above the other annotations, because whoever paints looks at it all the time.
 */
import Plus from 'lucide-solid/icons/plus'
import Users from 'lucide-solid/icons/users'
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import { count, number } from '../../../format.ts'
import { IconButton } from '../../../parts/Button.tsx'
import { Late } from '../../../parts/Late.tsx'
import { UNSEEN } from '../later/files.ts'
import { FilesMenu } from '../operations/FilesMenu.tsx'
import { OperationsStatus } from '../operations/OperationsStatus.tsx'
import { useDesk } from '../state/desk.ts'
import { SegmentItem } from './SegmentItem.tsx'
import { UnderNewer } from './UnderNewer.tsx'

export function SegmentsSection(): JSX.Element {
  const { painting, rights } = useDesk()
  const [making, setMaking] = createSignal(false)
  /** The highest first, as one looks upon them. Keyed by id: a row outlives its changes. */
  const ids = createMemo(
    () =>
      painting
        .segments()
        .map(({ id }) => id)
        .toReversed(),
    [],
    { equals: sameIds },
  )
  const denied = () => rights.denied('annotations')
  return (
    <Show when={painting.grid() !== null && (ids().length > 0 || denied() === null)}>
      <section aria-label="Segments" class="flex max-h-[80%] shrink-0 flex-col border-b border-line">
        <div class="flex h-9 shrink-0 items-center gap-2 pr-3 pl-4">
          <h2 class="min-w-0 flex-1 text-12 font-medium text-t2">
            Segments <span class="font-normal text-t3">{number(ids().length)}</span>
          </h2>
          <Show when={ids().length > 0}>
            <IconButton
              icon={Users}
              label={painting.byReader() ? 'Colour by segment' : 'Colour by reader'}
              size="small"
              side="left"
              pressed={painting.byReader()}
              onClick={() => painting.setByReader(!painting.byReader())}
            />
          </Show>
          <FilesMenu />
          <Show when={denied() === null}>
            <IconButton
              icon={Plus}
              label="New segment"
              size="small"
              side="left"
              aria-expanded={making()}
              onClick={() => setMaking(!making())}
            />
          </Show>
        </div>
        <div class="min-h-0 overflow-y-auto">
          <Show when={painting.missing() > 0}>
            <p class="px-4 pb-2 text-12 text-warn" role="status">
              {count(painting.missing(), 'archive')} of painting not here yet. Nothing is counted until then.
            </p>
          </Show>
          <OperationsStatus />
          <UnderNewer />
          <Show when={making() && denied() === null}>
            <Late of={UNSEEN}>
              {({ NewSegmentForm }) => <NewSegmentForm onDone={() => setMaking(false)} />}
            </Late>
          </Show>
          <ul>
            <For each={ids()}>{(id) => <SegmentItem id={id} />}</For>
          </ul>
          <Show when={ids().length === 0 && !making()}>
            <p class="px-4 pb-3 text-12 text-t3">
              Nothing is painted yet. Make a segment, then paint it with everybody here.
            </p>
          </Show>
        </div>
      </section>
    </Show>
  )
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index])
