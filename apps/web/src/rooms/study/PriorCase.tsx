/**
 * Which earlier case of the project this one is looked at beside. Everybody sees it; who brings studies in may say it. No date is in the
 * record, so how many days lie between is asked of whoever knows.
 */
import type { CaseDetail } from '@consilium/contract/projects'
import { useMutation, useQueryClient } from '@tanstack/solid-query'
import { createSignal, type JSX, Show } from 'solid-js'
import { api } from '../../api.ts'
import { FaultBanner } from '../../parts/Banner.tsx'
import { Button } from '../../parts/Button.tsx'
import { Field } from '../../parts/Field.tsx'
import { Select } from '../../parts/Select.tsx'
import { caseQuery, useCases, useMe } from '../../queries.ts'
import { mayIn } from '../frame/access.ts'
import { priorWords } from '../panel/layout/seriesWords.ts'

const NONE = 'none'
const WHOLE = /^\d{1,5}$/

export function PriorCase(props: { readonly case: CaseDetail }): JSX.Element {
  const me = useMe()
  const maySay = () => mayIn(props.case, me.data?.person.admin ?? false, 'import')
  return (
    <Show
      when={maySay()}
      fallback={
        <Show when={props.case.prior}>
          {(prior) => <p class="px-5 pb-3 text-13 text-t2">{priorWords(prior())}</p>}
        </Show>
      }
    >
      <PriorForm case={props.case} />
    </Show>
  )
}

function PriorForm(props: { readonly case: CaseDetail }): JSX.Element {
  const client = useQueryClient()
  const cases = useCases(() => props.case.project)
  const said = () => ({ chosen: props.case.prior?.case ?? NONE, days: String(props.case.prior?.days ?? '') })
  /** What somebody here has begun stays, whatever others say; where there is none it stands here as they say it. */
  const [begun, setBegun] = createSignal<{ readonly chosen?: string | undefined; readonly days?: string }>({})
  const chosen = () => begun().chosen ?? said().chosen
  const days = () => begun().days ?? said().days
  const choose = (id: string) => setBegun({ ...begun(), chosen: id === said().chosen ? undefined : id })
  const options = () => [
    { value: NONE, title: 'No prior' },
    ...(cases.data ?? [])
      .filter(({ id }) => id !== props.case.id)
      .map(({ id, key, title }) => ({ value: id, title: `${key} · ${title}` })),
  ]
  const saying = useMutation(() => ({
    mutationFn: () =>
      api.setPrior(props.case.id, {
        case: chosen() === NONE ? null : chosen(),
        days: chosen() === NONE || days() === '' ? null : Number(days()),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: caseQuery(props.case.id).queryKey })
      setBegun({})
    },
  }))
  const fault = () => (days() === '' || WHOLE.test(days()) ? undefined : 'A whole number of days.')
  const isSaid = () => chosen() === said().chosen && (chosen() === NONE || days() === said().days)
  return (
    <form
      aria-label="Prior"
      class="flex flex-wrap items-end gap-3 px-5 pb-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (fault() === undefined && !isSaid()) saying.mutate()
      }}
    >
      <Select
        label="Prior, opened beside it"
        class="w-64"
        options={options()}
        value={chosen()}
        onChange={choose}
      />
      <Show when={chosen() !== NONE}>
        <div class="w-40">
          <Field
            label="Days earlier"
            aside="if known"
            inputMode="numeric"
            value={days()}
            fault={fault()}
            onInput={(text) => setBegun({ ...begun(), days: text })}
          />
        </div>
      </Show>
      <Button type="submit" busy={saying.isPending} disabled={isSaid() || fault() !== undefined}>
        {chosen() === NONE && !isSaid() ? 'Take the prior away' : 'Set the prior'}
      </Button>
      <FaultBanner error={saying.error} />
    </form>
  )
}
