/** The study of a case: its series with their geometry and values, what is to be known of them, and what was removed from their files. */
import { useParams } from '@solidjs/router'
import Images from 'lucide-solid/icons/images'
import LogIn from 'lucide-solid/icons/log-in'
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { isRefusal } from '../../errors.ts'
import { count } from '../../format.ts'
import { ButtonLink } from '../../parts/Button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { seriesQuery, useCase } from '../../queries.ts'
import { useQuery } from '../../query.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { Account } from './Account.tsx'
import { PriorCase } from './PriorCase.tsx'
import { SeriesFacts } from './SeriesFacts.tsx'
import { SeriesList } from './SeriesList.tsx'

export default function StudyRoom(): JSX.Element {
  const params = useParams<{ case: string }>()
  const kase = useCase(() => params.case)
  const series = useQuery(() => seriesQuery(params.case))
  const [chosen, setChosen] = createSignal<string | null>(null)
  /** Not read while it is on its way: the room is there before its study is. */
  const about = () => (kase.isSuccess ? kase.data : null)
  const all = () => (series.isSuccess ? series.data : [])
  const selected = () => all().find((one) => one.id === chosen()) ?? all()[0] ?? null
  const pictures = () => all().reduce((sum, one) => sum + one.frames, 0)

  createEffect(() => {
    const found = about()
    if (found) document.title = `Study of ${found.key}`
  })

  return (
    <Show when={!isRefusal(kase.error, 'not-found', 'not-a-member')} fallback={<NotFound />}>
      <Frame
        project={about()?.project}
        crumbs={[
          { title: about()?.projectTitle ?? 'Project', href: `/projects/${about()?.project ?? ''}` },
          { title: about()?.key ?? 'Case', href: `/cases/${params.case}` },
          { title: 'Study' },
        ]}
        asideLabel="What was removed"
        aside={<Show when={selected()}>{(one) => <Account series={one()} />}</Show>}
      >
        <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Study of {about()?.key ?? '…'}</h1>
          <Show when={all().length > 0}>
            <p class="text-13 text-t2">
              {count(all().length, 'series', 'series')}, {count(pictures(), 'picture')}
            </p>
          </Show>
          <ButtonLink href={`/cases/${params.case}`} kind="primary" size="bar" icon={LogIn} class="ml-auto">
            Open the case
          </ButtonLink>
        </div>
        <Show when={about()}>{(one) => <PriorCase case={one()} />}</Show>
        <Switch>
          <Match when={series.isPending}>
            <SkeletonRows rows={4} height={68} label="Loading the series" />
          </Match>
          <Match when={series.isError}>
            <ErrorState error={series.error} onRetry={() => void series.refetch()} />
          </Match>
          <Match when={selected()}>
            {(one) => (
              <>
                <SeriesList series={all()} selected={one().id} onSelect={setChosen} />
                <SeriesFacts series={one()} />
              </>
            )}
          </Match>
          <Match when={series.isSuccess}>
            <EmptyState icon={Images} title="No pictures yet">
              This case has no series. Bring its study in from the project's import page.
            </EmptyState>
          </Match>
        </Switch>
      </Frame>
    </Show>
  )
}
