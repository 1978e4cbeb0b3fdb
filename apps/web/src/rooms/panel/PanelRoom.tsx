/**
 * The panel: image in the middle, tools at the left, annotations, discussion and history at the right, and everybody who is here.
 * This file loads what a case needs and says where something is missing; the room itself is Workspace.tsx.
 */

import type { Person } from '@consilium/contract/people'
import type { CaseDetail } from '@consilium/contract/projects'
import type { Series } from '@consilium/contract/studies'
import { panelOf } from '@consilium/crdt-schema/documents'
import { useParams } from '@solidjs/router'
import { useQueryClient } from '@tanstack/solid-query'
import ImageOff from 'lucide-solid/icons/image-off'
import { createMemo, createResource, type JSX, Match, onCleanup, Show, Switch } from 'solid-js'
import { unwrap } from 'solid-js/store'
import { ButtonLink } from '../../parts/Button.tsx'
import { Header } from '../../parts/Header.tsx'
import { EmptyState, ErrorState } from '../../parts/states.tsx'
import { caseQuery, seriesQuery, useMe } from '../../queries.ts'
import { useQuery } from '../../query.ts'
import { KeptHere } from '../kept/KeptHere.tsx'
import { createDesk, DeskProvider } from './state/desk.ts'
import { openDocument } from './state/document.ts'
import { Workspace } from './Workspace.tsx'

export default function PanelRoom(): JSX.Element {
  const params = useParams<{ case: string }>()
  const me = useMe()
  const kase = useQuery(() => caseQuery(params.case))
  const series = useQuery(() => seriesQuery(params.case))
  const priorCase = () => kase.data?.prior?.case
  const prior = useQuery(() => ({ ...seriesQuery(priorCase() ?? ''), enabled: priorCase() !== undefined }))
  const ready = createMemo(
    (): OpenedProps | undefined => {
      const earlier = priorCase() === undefined ? NONE : prior.data
      return me.data && kase.data && series.data && earlier
        ? {
            me: me.data.person,
            kase: unwrap(kase.data),
            series: unwrap(series.data),
            prior: unwrap(earlier),
          }
        : undefined
    },
    undefined,
    // The room is made once: a person asked for again is the same person. Nothing in these changes, so nobody is to listen to each field
    // of them: slices and labels are asked for thousands of times with every picture.
    {
      equals: (a, b) =>
        a?.me.id === b?.me.id && a?.kase === b?.kase && a?.series === b?.series && a?.prior === b?.prior,
    },
  )

  return (
    <Switch fallback={<Waiting title="Opening the case" />}>
      <Match when={kase.isError || series.isError || prior.isError}>
        <Plain>
          <ErrorState
            error={kase.error ?? series.error ?? prior.error}
            onRetry={() => {
              void kase.refetch()
              void series.refetch()
              if (prior.isError) void prior.refetch()
            }}
            action={<ButtonLink href="/">To the worklist</ButtonLink>}
          />
          {/* The case may be closed to its author; what they did in it is still theirs. */}
          <Show when={me.data?.person}>
            {(person) => (
              <div class="w-full max-w-2xl px-5">
                <KeptHere person={person()} document={panelOf(params.case)} />
              </div>
            )}
          </Show>
        </Plain>
      </Match>
      <Match when={ready()?.series.length === 0}>
        <Plain title={kase.data?.key}>
          <EmptyState
            icon={ImageOff}
            title="This case has no images"
            action={<ButtonLink href={`/projects/${kase.data?.project}`}>To the worklist</ButtonLink>}
          >
            Its series may still be on their way in.
          </EmptyState>
        </Plain>
      </Match>
      <Match when={ready()} keyed>
        {(found) => <Opened {...found} />}
      </Match>
    </Switch>
  )
}

interface OpenedProps {
  readonly me: Person
  readonly kase: CaseDetail
  readonly series: readonly Series[]
  readonly prior: readonly Series[]
}

const NONE: readonly Series[] = []

/** Opens the document; one per case, let go with it. */
function Opened(props: OpenedProps): JSX.Element {
  const client = useQueryClient()
  let gone = false
  onCleanup(() => {
    gone = true
  })
  const [document] = createResource(async () => {
    const opened = await openDocument(props.me, props.kase)
    if (gone) opened.link.destroy()
    return opened
  })
  return (
    <Show when={document()} keyed fallback={<Waiting title={props.kase.key} />}>
      {(opened) => {
        const { me, kase, series, prior } = props
        const desk = createDesk({
          me,
          kase,
          series,
          prior,
          seriesOf: (id) => client.fetchQuery(seriesQuery(id)),
          link: opened.link,
        })
        void opened.start()
        return (
          <DeskProvider value={desk}>
            <Workspace />
          </DeskProvider>
        )
      }}
    </Show>
  )
}

function Plain(props: { readonly title?: string | undefined; readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="flex h-full flex-col">
      <Header crumbs={props.title ? [{ title: props.title }] : []} />
      <main class="flex min-h-0 flex-1 flex-col items-center justify-center overflow-y-auto">
        {props.children}
      </main>
    </div>
  )
}

/** The room's empty shape, so that nothing jumps when the image comes. */
function Waiting(props: { readonly title: string }): JSX.Element {
  return (
    <div class="flex h-full flex-col" aria-busy="true">
      <Header crumbs={[{ title: props.title }]} />
      <main class="flex min-h-0 flex-1" aria-label={props.title}>
        <div class="w-11 shrink-0 border-r border-line bg-s1 wide:w-13" />
        <div class="flex-1 bg-void" />
        <div class="w-82 shrink-0 border-l border-line bg-s1 max-list:hidden wide:w-94" />
      </main>
    </div>
  )
}
