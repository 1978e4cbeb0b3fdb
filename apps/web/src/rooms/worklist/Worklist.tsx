/** The cases of one project: what waits, who is where, and the way in. Looks again every few seconds. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import FolderInput from 'lucide-solid/icons/folder-input'
import Search from 'lucide-solid/icons/search'
import Upload from 'lucide-solid/icons/upload'
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js'
import { tinykeys } from 'tinykeys'
import { isRefusal } from '../../errors.ts'
import { count } from '../../format.ts'
import { Button, ButtonLink } from '../../parts/Button.tsx'
import { Field } from '../../parts/Field.tsx'
import { Kbd } from '../../parts/Kbd.tsx'
import { NotRenewed } from '../../parts/NotRenewed.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '../../parts/states.tsx'
import { useCases, useMe, useProjects } from '../../queries.ts'
import { mayIn, rememberProject } from '../frame/access.ts'
import { Frame } from '../frame/Frame.tsx'
import { NotFound } from '../NotFound.tsx'
import { CaseTable } from './CaseTable.tsx'
import { found, grouped, neighbour } from './groups.ts'
import { Preview } from './Preview.tsx'

type Shown = 'all' | 'disputed'

/** True where a key belongs to what is being typed in, or to an open dialog or menu. */
const isTyping = (event: Event): boolean =>
  event.target instanceof Element &&
  event.target.closest(
    'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]',
  ) !== null

export default function Worklist(): JSX.Element {
  const params = useParams<{ project: string }>()
  const [query, setQuery] = useSearchParams<{ show?: string }>()
  const navigate = useNavigate()
  const me = useMe()
  const projects = useProjects()
  const cases = useCases(() => params.project)
  const [search, setSearch] = createSignal('')
  const [chosen, setChosen] = createSignal<string | null>(null)
  const [now, setNow] = createSignal(Date.now())
  const [searchField, setSearchField] = createSignal<HTMLInputElement>()

  const project = () => projects.data?.find((one) => one.id === params.project)
  const all = () => cases.data ?? []
  const disputed = createMemo(() => all().filter((one) => one.openDisputes > 0))
  const show = (): Shown => (query.show === 'disputed' ? 'disputed' : 'all')
  const groups = createMemo(() => grouped(found(show() === 'disputed' ? disputed() : all(), search())))
  const ids = createMemo(() => groups().flatMap((group) => group.cases.map((one) => one.id)))
  const selected = () => {
    const id = chosen()
    return id !== null && ids().includes(id) ? id : (ids()[0] ?? null)
  }
  const selectedCase = () => all().find((one) => one.id === selected())
  const mayImport = () => mayIn(project(), me.data?.person.admin ?? false, 'import')

  createEffect(() => {
    const found = project()
    if (!found) return
    rememberProject(found.id)
    document.title = `${found.title} · Consilium`
  })

  const move = (step: number) => (event: KeyboardEvent) => {
    if (isTyping(event) && event.target !== searchField()) return
    event.preventDefault()
    const next = neighbour(ids(), selected(), step)
    setChosen(next)
    const row = document.querySelector<HTMLElement>(`tr[data-case="${CSS.escape(next ?? '')}"]`)
    if (event.target === searchField()) row?.scrollIntoView({ block: 'nearest' })
    else row?.focus()
  }
  onMount(() => {
    const clock = setInterval(() => setNow(Date.now()), 20_000)
    const keys = tinykeys(window, {
      '/': (event) => {
        if (isTyping(event)) return
        event.preventDefault()
        searchField()?.focus()
        searchField()?.select()
      },
      ArrowDown: move(1),
      ArrowUp: move(-1),
    })
    onCleanup(() => {
      clearInterval(clock)
      keys()
    })
  })
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      setSearch('')
      searchField()?.blur()
    }
    const open = selected()
    if (event.key === 'Enter' && open) navigate(`/cases/${open}`)
  }

  const headline = () => {
    const there = all().filter((one) => one.here.length > 0).length
    const parts = [
      disputed().length > 0 ? `${count(disputed().length, 'case')} with open disputes.` : 'No open disputes.',
      there > 0 ? `People are in ${count(there, 'case')} now.` : '',
    ]
    return parts.filter(Boolean).join(' ')
  }

  return (
    <Show when={!isRefusal(cases.error, 'not-found', 'not-a-member')} fallback={<NotFound />}>
      <Frame
        project={params.project}
        crumbs={[
          { title: project()?.title ?? 'Project', href: `/projects/${params.project}` },
          { title: 'Cases' },
        ]}
        asideLabel="Selected case"
        aside={<Show when={selectedCase()}>{(one) => <Preview case={one()} now={now()} />}</Show>}
        tools={
          <div class="w-52 list:w-62">
            <Field
              ref={setSearchField}
              label="Search cases"
              bare
              size="bar"
              type="search"
              icon={Search}
              placeholder="Case, study, person"
              value={search()}
              onInput={setSearch}
              onKeyDown={onSearchKey}
              end={<Kbd>/</Kbd>}
            />
          </div>
        }
      >
        <div class="flex min-h-15 flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5">
          <h1 class="text-20 font-semibold">Cases</h1>
          <Show when={all().length > 0}>
            <p class="text-13 text-t2">{headline()}</p>
          </Show>
          <div class="ml-auto flex items-center gap-2.5">
            <Show when={all().length > 0}>
              <Segmented
                label="Which cases"
                size="bar"
                value={show()}
                onChange={(value) => setQuery({ show: value === 'all' ? undefined : value })}
                choices={[
                  { value: 'all', title: 'All', count: all().length },
                  { value: 'disputed', title: 'Disputed', count: disputed().length },
                ]}
              />
            </Show>
            <Show when={mayImport() && all().length > 0}>
              <ButtonLink href={`/projects/${params.project}/import`} kind="primary" size="bar" icon={Upload}>
                Import
              </ButtonLink>
            </Show>
          </div>
        </div>
        <NotRenewed query={cases} />
        <Switch>
          <Match when={cases.isPending}>
            <SkeletonRows rows={8} label="Loading cases" />
          </Match>
          <Match when={cases.isLoadingError}>
            <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />
          </Match>
          <Match when={all().length === 0}>
            <EmptyState
              icon={FolderInput}
              title="No cases yet"
              action={
                <Show when={mayImport()}>
                  <ButtonLink href={`/projects/${params.project}/import`} kind="primary" icon={Upload}>
                    Import a study
                  </ButtonLink>
                </Show>
              }
            >
              {mayImport()
                ? 'A case is one imported study. Names, dates and identifiers are left behind on the way in.'
                : 'A case appears here as soon as a manager or an adjudicator imports a study.'}
            </EmptyState>
          </Match>
          <Match when={groups().length === 0}>
            <EmptyState
              icon={Search}
              title={search() ? 'No case matches' : 'No case is disputed'}
              action={
                <Button
                  onClick={() => {
                    setSearch('')
                    setQuery({ show: undefined })
                  }}
                >
                  Show all cases
                </Button>
              }
            >
              {search() ? `Nothing is called “${search()}”, and nobody by that name is in a case now.` : ''}
            </EmptyState>
          </Match>
          <Match when={true}>
            <CaseTable groups={groups()} selected={selected()} onSelect={setChosen} now={now()} />
          </Match>
        </Switch>
      </Frame>
    </Show>
  )
}
