/** By what the log is filtered: words, act, person, case, days. Each is said in the address at once. */
import Search from 'lucide-solid/icons/search'
import { For, type JSX, Show } from 'solid-js'
import { Button } from '../../parts/Button.tsx'
import { Field } from '../../parts/Field.tsx'
import { type Option, Select } from '../../parts/Select.tsx'
import { AUDIT_GROUPS, type AuditGroup, actsOf, actTitle } from './auditWords.ts'
import { type FilterName, type Filters, isFiltered } from './filters.ts'

export interface Known {
  readonly id: string
  readonly title: string
}

interface AuditFiltersProps {
  readonly filters: Filters
  readonly onFilter: (name: FilterName, value: string | undefined) => void
  readonly onClear: () => void
  /** Signing in is about no project. */
  readonly withSignIns: boolean
  readonly people: readonly Known[]
  readonly cases: readonly Known[]
}

const ANY = 'any'

const GROUPS = Object.keys(AUDIT_GROUPS) as AuditGroup[]

const actOptions = (groups: readonly AuditGroup[]): readonly Option<string>[] => [
  { value: ANY, title: 'Any act' },
  ...groups.flatMap((group) => [
    { value: group, title: AUDIT_GROUPS[group] },
    ...actsOf(group).map((act) => ({ value: act, title: actTitle(act), under: true })),
  ]),
]
const ALL_ACTS = actOptions(GROUPS)
const ACTS_IN_PROJECT = actOptions(GROUPS.filter((group) => group !== 'sign-ins'))

const DAYS = [
  { name: 'since', title: 'From day, UTC', word: 'From' },
  { name: 'until', title: 'Until and with day, UTC', word: 'until' },
] as const

export function AuditFilters(props: AuditFiltersProps): JSX.Element {
  const options = (any: string, known: readonly Known[], chosen: string | undefined): Option<string>[] => [
    { value: ANY, title: any },
    ...known.map(({ id, title }) => ({ value: id, title })),
    // A link may name somebody or something that is not among the rows here yet.
    ...(chosen && !known.some(({ id }) => id === chosen) ? [{ value: chosen, title: 'As in the link' }] : []),
  ]
  const choose = (name: FilterName) => (value: string) =>
    props.onFilter(name, value === ANY ? undefined : value)
  return (
    <search class="flex flex-wrap items-center gap-2 px-5 pb-3" aria-label="Filter the log">
      <div class="w-44">
        <Field
          label="Search names, cases, details"
          bare
          size="bar"
          type="search"
          icon={Search}
          placeholder="Name, case, detail"
          value={props.filters.text ?? ''}
          onInput={(text) => props.onFilter('text', text || undefined)}
          maxLength={100}
        />
      </div>
      <Select
        label="Act"
        bare
        size="bar"
        class="w-46"
        options={props.withSignIns ? ALL_ACTS : ACTS_IN_PROJECT}
        value={props.filters.act ?? ANY}
        onChange={choose('act')}
      />
      <Select
        label="Person"
        bare
        size="bar"
        class="w-40"
        options={options('Anybody', props.people, props.filters.by)}
        value={props.filters.by ?? ANY}
        onChange={choose('by')}
      />
      <Select
        label="Case"
        bare
        size="bar"
        class="w-28"
        options={options('Any case', props.cases, props.filters.case)}
        value={props.filters.case ?? ANY}
        onChange={choose('case')}
      />
      <div class="flex items-center gap-2 text-12 text-t2">
        <For each={DAYS}>
          {({ name, title, word }) => (
            <>
              <span aria-hidden="true">{word}</span>
              <div class="w-31">
                <Field
                  label={title}
                  bare
                  size="bar"
                  type="date"
                  value={props.filters[name] ?? ''}
                  onInput={(day) => props.onFilter(name, day || undefined)}
                />
              </div>
            </>
          )}
        </For>
        <span aria-hidden="true">UTC</span>
      </div>
      <Show when={isFiltered(props.filters)}>
        <Button size="bar" kind="quiet" onClick={() => props.onClear()}>
          Show everything
        </Button>
      </Show>
    </search>
  )
}
