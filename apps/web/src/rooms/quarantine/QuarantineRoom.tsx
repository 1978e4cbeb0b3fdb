/** What waits for a person in this project, because text in the pictures may name somebody. Open one to look at it and decide. */
import { colourOfPerson } from '@consilium/contract/colour'
import type { HeldPictures } from '@consilium/contract/studies'
import { A, useParams } from '@solidjs/router'
import Eye from 'lucide-solid/icons/eye'
import ImageOff from 'lucide-solid/icons/image-off'
import Lock from 'lucide-solid/icons/lock'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createEffect, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { heldPicture } from '../../api.ts'
import { isRefusal } from '../../errors.ts'
import { ago, count } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { ButtonLink } from '../../parts/Button.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { NotRenewed } from '../../parts/NotRenewed.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { useMe, useProjects } from '../../queries.ts'
import { mayIn } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { sizeOfHeld, titleOfHeld, useWaiting } from './waiting.ts'

export default function QuarantineRoom(): JSX.Element {
  const params = useParams<{ project: string }>()
  const me = useMe()
  const projects = useProjects()
  const project = () => projects.data?.find((one) => one.id === params.project)
  const asked = () => projects.isSuccess && me.isSuccess
  const allowed = () => mayIn(project(), me.data?.person.admin ?? false, 'import')
  const waiting = useWaiting(
    () => params.project,
    () => asked() && allowed(),
  )
  createEffect(() => {
    document.title = `Quarantine · ${project()?.title ?? 'Consilium'}`
  })
  return (
    <Show
      when={!isRefusal(waiting.error, 'not-found', 'not-a-member') && (project() || !projects.isSuccess)}
      fallback={<NotFound />}
    >
      <Frame
        project={params.project}
        crumbs={[
          { title: project()?.title ?? 'Project', href: `/projects/${params.project}` },
          { title: 'Quarantine' },
        ]}
      >
        <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Quarantine</h1>
          <p class="text-13 text-t2">
            Pictures in which text may name somebody. They belong to no case until a person has looked at
            them.
          </p>
        </div>
        <NotRenewed query={waiting} />
        <Switch>
          <Match when={asked() && !allowed()}>
            <EmptyState icon={Lock} title="Your role does not import studies">
              Whoever may import looks at what waits here: ask a manager or an adjudicator.
            </EmptyState>
          </Match>
          <Match when={waiting.isLoadingError}>
            <ErrorState error={waiting.error} onRetry={() => void waiting.refetch()} />
          </Match>
          <Match when={waiting.data?.length === 0}>
            <EmptyState
              icon={ShieldCheck}
              title="Nothing waits here"
              action={<ButtonLink href={`/projects/${params.project}/import`}>Import studies</ButtonLink>}
            >
              When an import brings pictures whose text may name somebody, they come here first.
            </EmptyState>
          </Match>
          <Match when={waiting.data}>
            {(sets) => (
              <ul class="border-t border-line" aria-label="What waits">
                <For each={sets()}>{(held) => <Row held={held} />}</For>
              </ul>
            )}
          </Match>
          <Match when={true}>
            <SkeletonRows rows={3} height={96} label="Loading what waits" />
          </Match>
        </Switch>
      </Frame>
    </Show>
  )
}

function Row(props: { readonly held: HeldPictures }): JSX.Element {
  const address = () => `/projects/${props.held.project}/quarantine/${props.held.id}`
  return (
    <li class="flex flex-wrap items-center gap-x-5 gap-y-3 border-b border-line px-5 py-3">
      <Thumb held={props.held} />
      <div class="min-w-56 flex-1">
        <p class="flex flex-wrap items-center gap-2 text-13 font-semibold">
          <A href={address()} class="rounded-swatch hover:underline">
            {titleOfHeld(props.held)}
          </A>
          <Chip tone="warn" icon={TriangleAlert}>
            Waits for a look
          </Chip>
        </p>
        <p class="mt-0.5 text-12 text-t2">{sizeOfHeld(props.held)}</p>
        <For each={props.held.reasons}>{(reason) => <p class="mt-1 text-12 text-t2">{reason}</p>}</For>
      </div>
      <div class="flex w-52 items-center gap-2.5">
        <Avatar initials={props.held.by.initials} order={colourOfPerson(props.held.by.id)} size={26} />
        <div class="min-w-0">
          <p class="truncate text-13">{props.held.by.name}</p>
          <p class="text-12 text-t3">brought them {ago(props.held.at, Date.now())}</p>
        </div>
      </div>
      <ButtonLink
        href={address()}
        size="bar"
        icon={Eye}
        aria-label={`Look at ${titleOfHeld(props.held)}, ${count(props.held.frames, 'frame')}`}
      >
        Look
      </ButtonLink>
    </li>
  )
}

/** The frame in the middle: what a scan shows mostly begins after its first. */
function Thumb(props: { readonly held: HeldPictures }): JSX.Element {
  const [missing, setMissing] = createSignal(false)
  return (
    <div class="flex h-18 w-24 shrink-0 items-center justify-center overflow-hidden rounded-tile bg-void text-t3">
      <Show when={!missing()} fallback={<ImageOff size={16} aria-hidden="true" />}>
        <img
          src={heldPicture(props.held.id, Math.floor(props.held.frames / 2))}
          alt=""
          loading="lazy"
          class="size-full object-contain"
          onError={() => setMissing(true)}
        />
      </Show>
    </div>
  )
}
