/** One set of pictures that wait: looked at frame by frame, regions drawn over what names somebody, and decided. */
import { colourOfPerson } from '@consilium/contract/colour'
import type { HeldPictures, Series } from '@consilium/contract/studies'
import { useParams } from '@solidjs/router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import CircleCheck from 'lucide-solid/icons/circle-check'
import LogIn from 'lucide-solid/icons/log-in'
import Trash from 'lucide-solid/icons/trash'
import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { isRefusal } from '../../errors.ts'
import { ago, count, number } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { ButtonLink, IconButton } from '../../parts/Button.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { Slider } from '../../parts/Slider.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { useProjects } from '../../queries.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { BoxFields } from './BoxFields.tsx'
import { Decision } from './Decision.tsx'
import { Picture } from './Picture.tsx'
import { createRegions } from './regions.ts'
import { sizeOfHeld, titleOfHeld, useHeld } from './waiting.ts'

/** `null` series: discarded. */
interface Done {
  readonly series: readonly Series[] | null
}

export default function ClearingRoom(): JSX.Element {
  const params = useParams<{ project: string; held: string }>()
  const projects = useProjects()
  const held = useHeld(() => params.held)
  const regions = createRegions()
  const [done, setDone] = createSignal<Done | null>(null)
  const [seen, setSeen] = createSignal<ReadonlySet<number>>(new Set())
  const list = () => `/projects/${params.project}/quarantine`
  const project = () => projects.data?.find((one) => one.id === params.project)
  createEffect(() => {
    document.title = `${held.data ? titleOfHeld(held.data) : 'Pictures'} · Quarantine`
  })
  return (
    <Show when={done() || !isRefusal(held.error, 'not-found', 'not-allowed')} fallback={<NotFound />}>
      <Frame
        project={params.project}
        crumbs={[
          { title: project()?.title ?? 'Project', href: `/projects/${params.project}` },
          { title: 'Quarantine', href: list() },
          { title: held.data ? titleOfHeld(held.data) : 'Pictures' },
        ]}
        asideLabel="Regions and decision"
        aside={
          <Show when={!done() && held.data}>
            {(pictures) => (
              <>
                <Reasons held={pictures()} />
                <BoxFields held={pictures()} regions={regions} />
                <Decision
                  held={pictures()}
                  regions={regions}
                  seen={seen().size}
                  onDone={(series) => setDone({ series })}
                />
              </>
            )}
          </Show>
        }
      >
        <Switch>
          <Match when={done()}>{(decided) => <Decided done={decided()} list={list()} />}</Match>
          <Match when={held.isLoadingError}>
            <ErrorState error={held.error} onRetry={() => void held.refetch()} />
          </Match>
          <Match when={held.data}>
            {(pictures) => (
              <Look
                held={pictures()}
                regions={regions}
                onSeen={(frame) => setSeen((frames) => new Set(frames).add(frame))}
              />
            )}
          </Match>
          <Match when={true}>
            <SkeletonRows rows={1} label="Loading the pictures" />
          </Match>
        </Switch>
      </Frame>
    </Show>
  )
}

function Look(props: {
  readonly held: HeldPictures
  readonly regions: ReturnType<typeof createRegions>
  readonly onSeen: (frame: number) => void
}): JSX.Element {
  const [frame, setFrame] = createSignal(0)
  const [size, setSize] = createSignal<'fit' | 'pixels'>('fit')
  const last = () => props.held.frames - 1
  const step = (by: number) => setFrame((at) => Math.min(last(), Math.max(0, at + by)))
  return (
    <div class="flex h-full min-h-120 flex-col">
      <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
        <h1 class="text-20 font-semibold">Does text here name somebody?</h1>
        <p class="text-13 text-t2">
          {titleOfHeld(props.held)}: {sizeOfHeld(props.held)}
        </p>
        <div class="ml-auto">
          <Segmented
            label="Size of the picture"
            size="bar"
            value={size()}
            onChange={setSize}
            choices={[
              { value: 'fit', title: 'Fit' },
              { value: 'pixels', title: '100 %' },
            ]}
          />
        </div>
      </div>
      <div class="min-h-0 flex-1 border-y border-line bg-void">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keys. */}
        <div
          role="group"
          aria-label="Picture"
          tabindex={size() === 'pixels' ? 0 : undefined}
          class={`flex size-full ${size() === 'pixels' ? 'overflow-auto' : 'overflow-hidden'}`}
          style={{ 'container-type': 'size' }}
        >
          <Picture
            held={props.held}
            frame={frame()}
            regions={props.regions}
            large={size() === 'pixels'}
            onSeen={props.onSeen}
          />
        </div>
      </div>
      <Show when={props.held.frames > 1}>
        <div class="flex h-11 shrink-0 items-center gap-3 px-5">
          <IconButton
            icon={ChevronLeft}
            label="Frame before"
            size="bar"
            disabled={frame() === 0}
            onClick={() => step(-1)}
          />
          <Slider
            label="Frame"
            value={frame()}
            max={last()}
            onInput={setFrame}
            onChange={setFrame}
            format={(at) => `${number(at + 1)} of ${number(props.held.frames)}`}
          />
          <IconButton
            icon={ChevronRight}
            label="Next frame"
            size="bar"
            disabled={frame() === last()}
            onClick={() => step(1)}
          />
        </div>
      </Show>
    </div>
  )
}

function Reasons(props: { readonly held: HeldPictures }): JSX.Element {
  return (
    <section class="flex flex-col gap-2 border-b border-line p-4" aria-labelledby="reasons">
      <h2 id="reasons" class="text-14 font-semibold">
        Why they wait
      </h2>
      <For each={props.held.reasons}>{(reason) => <p class="text-13 text-t2">{reason}</p>}</For>
      <p class="flex items-center gap-2 text-12 text-t3">
        <Avatar initials={props.held.by.initials} order={colourOfPerson(props.held.by.id)} size={18} />
        {props.held.by.name} brought them {ago(props.held.at, Date.now())}
      </p>
    </section>
  )
}

function Decided(props: { readonly done: Done; readonly list: string }): JSX.Element {
  const first = () => props.done.series?.[0]
  const back = <ButtonLink href={props.list}>Back to what waits</ButtonLink>
  return (
    <Show
      when={props.done.series}
      fallback={
        <EmptyState page icon={Trash} title="The pictures are discarded" action={back}>
          Nothing of them is left here.
        </EmptyState>
      }
    >
      {(series) => (
        <EmptyState
          page
          icon={CircleCheck}
          title="The pictures are in"
          action={
            <>
              {back}
              <Show when={first()}>
                {(one) => (
                  <ButtonLink href={`/cases/${one().case}`} kind="primary" icon={LogIn}>
                    Open the case
                  </ButtonLink>
                )}
              </Show>
            </>
          }
        >
          {count(series().length, 'series', 'series')} of{' '}
          {count(
            series().reduce((sum, one) => sum + one.frames, 0),
            'frame',
          )}
          . What was decided stands with it.
        </EmptyState>
      )}
    </Show>
  )
}
