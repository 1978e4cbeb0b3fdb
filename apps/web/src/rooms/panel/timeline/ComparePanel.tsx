/** Two moments compared: which they are, how the first is seen, and a list of what differs. A click goes to where it is. */
import Equal from 'lucide-solid/icons/equal'
import X from 'lucide-solid/icons/x'
import { For, type JSX, Show } from 'solid-js'
import { count, number, timeOfDay } from '../../../format.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { Button, IconButton } from '../../../parts/Button.tsx'
import { Segmented } from '../../../parts/Segmented.tsx'
import { Slider } from '../../../parts/Slider.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../../parts/states.tsx'
import type { Look } from '../state/comparison.ts'
import { useDesk } from '../state/desk.ts'
import { CopyLink } from './CopyLink.tsx'
import { DifferenceRow } from './DifferenceRow.tsx'
import { MomentNumber, type Which } from './MomentBadge.tsx'

export function ComparePanel(): JSX.Element {
  const { comparison, keymap, timeline } = useDesk()
  const list = () => comparison.differences()
  const swap = (): void => {
    const from = comparison.from()
    comparison.moveTo(timeline.moment())
    if (from !== null) void timeline.lookAt(from)
  }
  return (
    <section
      aria-label="Comparison"
      class="flex w-82 shrink-0 flex-col border-l border-line bg-s1 max-list:w-full max-list:border-t max-list:border-l-0 wide:w-99"
    >
      <header class="flex flex-col gap-2.5 border-b border-line px-4 py-3">
        <div class="-my-1 flex items-center gap-1">
          <h2 class="mr-auto text-14 font-semibold text-t1">Compare 1 and 2</h2>
          <CopyLink />
          <IconButton
            icon={X}
            label="End comparing"
            hint={keymap.hint('line.leave')}
            size="bar"
            onClick={comparison.stop}
          />
        </div>
        <Moment of="1" seq={comparison.from() ?? 0} />
        <Moment of="2" seq={timeline.moment()} />
        <Segmented<Look>
          label="How moment 1 is shown"
          size="bar"
          wide
          choices={[
            { value: 'onion', title: 'Onion skin' },
            { value: 'side', title: 'Side by side' },
          ]}
          value={comparison.look()}
          onChange={comparison.setLook}
        />
        <Show when={comparison.look() === 'onion'}>
          <Mix />
        </Show>
        <Show when={comparison.from() !== timeline.moment()}>
          <span class="-mx-3 flex">
            <Button size="bar" kind="quiet" onClick={swap}>
              Swap 1 and 2
            </Button>
            <Button
              size="bar"
              kind="quiet"
              title="The one alone, then the other alone: X"
              onClick={comparison.blink}
            >
              Blink
            </Button>
          </span>
        </Show>
      </header>
      <div class="min-h-0 flex-1 overflow-y-auto pb-4" aria-busy={comparison.late()}>
        <Show when={comparison.fault()}>
          {(fault) => <ErrorState compact error={fault()} onRetry={comparison.retry} />}
        </Show>
        <Show when={list() === null && comparison.fault() === null}>
          <SkeletonRows rows={5} height={56} label="Comparing" />
        </Show>
        <Show when={list()?.length === 0 && !comparison.late()}>
          <EmptyState icon={Equal} compact title="Nothing differs">
            <Show
              when={comparison.from() === timeline.moment()}
              fallback="Whatever happened in between left no trace."
            >
              Move along the line below: this list follows.
            </Show>
          </EmptyState>
        </Show>
        <Show when={(list()?.length ?? 0) > 0}>
          <p class="flex h-9 items-center px-4 text-12 font-medium text-t3">
            {count(list()?.length ?? 0, 'difference')}
          </p>
          <ul aria-label="Differences" class={comparison.late() ? 'opacity-60' : ''}>
            <For each={list()}>{(difference) => <DifferenceRow difference={difference} />}</For>
          </ul>
        </Show>
      </div>
    </section>
  )
}

function Moment(props: { readonly of: Which; readonly seq: number }): JSX.Element {
  const { timeline, document } = useDesk()
  const row = () => timeline.rows().row(props.seq)
  const name = () => timeline.names().find(({ seq }) => seq === props.seq)?.title
  return (
    <div class="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-12">
      <MomentNumber of={props.of} />
      <span class="shrink-0 text-13 font-medium text-t1">Revision {number(props.seq)}</span>
      <Show when={row()}>
        {(found) => (
          <>
            <span class="shrink-0 text-t3">{timeOfDay(found().at)}</span>
            <span class="flex min-w-0 items-center gap-2 max-wide:basis-full max-wide:pl-7.5">
              <Avatar
                initials={found().writer.author.initials}
                order={document.colourOf(found().writer.author.id)}
                size={18}
              />
              <span class="truncate text-t2" title={name()}>
                {name() ?? found().writer.author.name}
              </span>
            </span>
          </>
        )}
      </Show>
    </div>
  )
}

/** How much of each is seen. In the middle both are, so that what moved lies dashed beside where it is. */
function Mix(): JSX.Element {
  const { comparison } = useDesk()
  const words = (percent: number): string =>
    percent === 50 ? '1 and 2' : percent === 0 ? '1 alone' : percent === 100 ? '2 alone' : `${percent} %`
  return (
    <div>
      <Slider
        label="Opacity, from 1 to 2"
        bare
        value={Math.round(comparison.mix() * 100)}
        step={5}
        format={words}
        onInput={(percent) => comparison.setMix(percent / 100)}
        onChange={(percent) => comparison.setMix(percent / 100)}
      />
      <p class="text-11 text-t3">1 is dashed, 2 is solid; what did not change is as it is.</p>
    </div>
  )
}
