/**
 * The auditors' room: who read, took away and administered what, of one project or of the whole installation. Reads only.
 * What is looked for stands in the address. A log that does not verify is said before anything it tells.
 */
import { useParams, useSearchParams } from '@solidjs/router'
import Download from 'lucide-solid/icons/download'
import RotateCw from 'lucide-solid/icons/rotate-cw'
import ScrollText from 'lucide-solid/icons/scroll-text'
import ShieldAlert from 'lucide-solid/icons/shield-alert'
import ShieldCheck from 'lucide-solid/icons/shield-check'
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  Match,
  onCleanup,
  Show,
  Switch,
  untrack,
} from 'solid-js'
import { auditFile } from '../../api.ts'
import { isRefusal } from '../../errors.ts'
import { count, number } from '../../format.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button, DownloadLink, IconButton } from '../../parts/Button.tsx'
import { Chip } from '../../parts/Chip.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { useProjects } from '../../queries.ts'
import { lastProject } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { AuditTable } from './AuditTable.tsx'
import { useAudit } from './auditQuery.ts'
import { BrokenLog } from './BrokenLog.tsx'
import { conditionsOf, FILTERS, type FilterName, type Filters, isFiltered } from './filters.ts'
import { useKnown } from './known.ts'
import { Older } from './Older.tsx'

/** A word that is being typed is looked for when the hand rests, ms. */
const REST_MS = 300

export default function AuditRoom(): JSX.Element {
  const params = useParams<{ project?: string }>()
  const [address, setAddress] = useSearchParams<{ [Name in FilterName]: string }>()
  const projects = useProjects()
  const project = () => params.project ?? null
  const title = () => projects.data?.find((one) => one.id === project())?.title
  // What is typed is on screen at once and looked for a little later.
  const [typed, setTyped] = createSignal(untrack(() => address.text))
  const [sought, setSought] = createSignal(untrack(() => address.text))
  const filters = (): Filters => ({ ...address, text: typed() })
  const conditions = createMemo(() => conditionsOf({ ...address, text: sought() }))
  const { query, entries, head, searched, isIntact } = useAudit(project, conditions)
  const known = useKnown(project, entries)

  let resting: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(resting))
  const onFilter = (name: FilterName, value: string | undefined): void => {
    if (name !== 'text') return setAddress({ [name]: value }, { replace: true, scroll: false })
    setTyped(value)
    clearTimeout(resting)
    resting = setTimeout(() => {
      setSought(value)
      setAddress({ text: value }, { replace: true, scroll: false })
    }, REST_MS)
  }
  const clear = (): void => {
    clearTimeout(resting)
    setTyped(undefined)
    setSought(undefined)
    setAddress(Object.fromEntries(FILTERS.map((name) => [name, undefined])), { replace: true })
  }

  createEffect(() => {
    document.title = `Audit · ${title() ?? 'Consilium'}`
  })

  return (
    <Show when={!isRefusal(query.error, 'not-found', 'not-a-member')} fallback={<NotFound />}>
      <Frame
        project={project() ?? lastProject() ?? undefined}
        crumbs={
          project() === null
            ? [{ title: 'Audit of all projects' }]
            : [{ title: title() ?? 'Project', href: `/projects/${project()}` }, { title: 'Audit' }]
        }
      >
        <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Audit</h1>
          <p class="text-13 text-t2 max-desk:hidden">Who read, took away and administered what.</p>
          <Show when={!isIntact()}>
            <Chip tone="bad" icon={ShieldAlert}>
              Does not verify
            </Chip>
          </Show>
          <Show when={isIntact() && entries().length > 0 && head()}>
            {(all) => (
              <Chip tone="ok" icon={ShieldCheck}>
                {number(entries().length)} of {count(all(), 'entry', 'entries')} shown, verified
              </Chip>
            )}
          </Show>
          <div class="ml-auto flex items-center gap-2">
            <IconButton
              icon={RotateCw}
              label="Look again"
              size="bar"
              disabled={query.isFetching}
              onClick={() => void query.refetch()}
            />
            <For each={['csv', 'json'] as const}>
              {(kind) => (
                <DownloadLink
                  href={auditFile(project(), conditions(), kind)}
                  size="bar"
                  icon={Download}
                  title="All that is listed here, as a file"
                >
                  <span>
                    <span class="sr-only">Export as </span>
                    {kind.toUpperCase()}
                  </span>
                </DownloadLink>
              )}
            </For>
          </div>
        </div>
        <Show when={!isIntact()}>
          <BrokenLog />
        </Show>
        <AuditFilters
          filters={filters()}
          onFilter={onFilter}
          onClear={clear}
          withSignIns={project() === null}
          people={known.people()}
          cases={known.cases()}
        />
        <Switch>
          <Match when={query.isPending}>
            <SkeletonRows rows={10} height={44} label="Loading the audit log" />
          </Match>
          <Match when={query.isLoadingError}>
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          </Match>
          <Match when={entries().length === 0 && !query.hasNextPage}>
            <EmptyState
              icon={ScrollText}
              title={isFiltered(filters()) ? 'No entry matches' : 'Nothing has been noted yet'}
              action={isFiltered(filters()) ? <Button onClick={clear}>Show everything</Button> : undefined}
            >
              {isFiltered(filters())
                ? 'Nothing like this is in the log. Take a filter away to look wider.'
                : 'Whoever signs in, opens a case or takes something away appears here, and stays.'}
            </EmptyState>
          </Match>
          <Match when={true}>
            <Show when={entries().length > 0}>
              <AuditTable entries={entries()} withProject={project() === null} />
            </Show>
            <div class="px-5 py-3">
              <FaultBanner error={query.error} />
              <Show
                when={query.hasNextPage}
                fallback={
                  <p class="text-center text-12 text-t3">
                    {isFiltered(filters()) ? 'Nothing older matches.' : 'The log begins here.'}
                  </p>
                }
              >
                <Older
                  busy={query.isFetchingNextPage}
                  searched={searched()}
                  onNear={() => void query.fetchNextPage()}
                />
              </Show>
            </div>
          </Match>
        </Switch>
      </Frame>
    </Show>
  )
}
