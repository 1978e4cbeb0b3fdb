/**
 * The cases as a table, in groups. A click selects and the preview follows; Enter or a double click opens.
 * Arrows move the selection; the selected row is the one that the tab key reaches.
 */
import type { Case } from '@consilium/contract/projects'
import { A, useNavigate } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { capital, count, moment, number, trimmed, withUnit } from '../../format.ts'
import { Avatars } from '../../parts/Avatar.tsx'
import type { Group } from './groups.ts'
import { PhaseChip } from './PhaseChip.tsx'

interface CaseTableProps {
  readonly groups: readonly Group[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  /** ms since 1970; moments are told against it. */
  readonly now: number
}

/** Second line of a study: "60 slices, 1.25 mm apart". */
export function sizeOf(one: Case): string {
  const slices = count(one.slices, 'slice')
  const series = one.series > 1 ? `${count(one.series, 'series', 'series')}, ` : ''
  return one.sliceSpacing === null || one.slices < 2
    ? `${series}${slices}`
    : `${series}${slices}, ${withUnit(trimmed(one.sliceSpacing), 'mm')} apart`
}

/** What hides the columns behind the study's in a narrow window: a heading that spanned one more than there are would take its width from that one. */
const AFTER_STUDY = ['max-[360px]:hidden', '', 'max-desk:hidden', 'max-read:hidden', 'max-desk:hidden']
const HEAD = 'h-7 border-b border-line px-2 text-left text-11 font-medium whitespace-nowrap text-t3'
const CELL = 'border-b border-line px-2 align-middle'

export function CaseTable(props: CaseTableProps): JSX.Element {
  const most = () =>
    Math.max(1, ...props.groups.flatMap((group) => group.cases.map((one) => one.openDisputes)))
  return (
    <table role="grid" aria-label="Cases" class="w-full table-fixed border-separate border-spacing-0 text-13">
      <colgroup>
        <col class="w-28 max-read:w-24" />
        <col />
        <col class="w-24 max-read:w-20 max-[360px]:hidden" />
        <col class="w-36 max-read:w-24 wide:w-48" />
        <col class="w-26 max-desk:hidden" />
        <col class="w-32 max-read:hidden wide:w-40" />
        <col class="w-33 max-desk:hidden" />
      </colgroup>
      <thead class="sticky top-0 z-10 bg-bg">
        <tr>
          <th scope="col" class={`${HEAD} pl-5`}>
            Case
          </th>
          <th scope="col" class={HEAD}>
            Study
          </th>
          <th scope="col" class={`${HEAD} max-[360px]:hidden`}>
            Phase
          </th>
          <th scope="col" class={HEAD}>
            Open disputes
          </th>
          <th scope="col" class={`${HEAD} pr-5 text-right max-desk:hidden`}>
            Annotations
          </th>
          <th scope="col" class={`${HEAD} max-read:hidden`}>
            There now
          </th>
          <th scope="col" class={`${HEAD} pr-5 text-right max-desk:hidden`}>
            Changed
          </th>
        </tr>
      </thead>
      <For each={props.groups}>
        {(group) => (
          <tbody>
            <Show when={group.title}>
              {(title) => (
                <tr>
                  <th
                    scope="colgroup"
                    colspan={2}
                    class="border-b border-line px-5 pt-5 pb-2 text-left text-11 font-medium whitespace-nowrap text-t3"
                  >
                    {title()}
                  </th>
                  <For each={AFTER_STUDY}>{(hidden) => <td class={`border-b border-line ${hidden}`} />}</For>
                </tr>
              )}
            </Show>
            <For each={group.cases}>
              {(one) => (
                <Row
                  case={one}
                  most={most()}
                  selected={one.id === props.selected}
                  now={props.now}
                  onSelect={() => props.onSelect(one.id)}
                />
              )}
            </For>
          </tbody>
        )}
      </For>
    </table>
  )
}

interface RowProps {
  readonly case: Case
  readonly most: number
  readonly selected: boolean
  readonly now: number
  readonly onSelect: () => void
}

function Row(props: RowProps): JSX.Element {
  const navigate = useNavigate()
  const href = () => `/cases/${props.case.id}`
  return (
    <tr
      data-case={props.case.id}
      tabindex={props.selected ? 0 : -1}
      aria-selected={props.selected}
      class={`h-12 cursor-default focus-visible:outline-offset-[-2px] ${props.selected ? 'bg-s3' : 'hover:bg-s1'}`}
      onClick={() => props.onSelect()}
      onFocus={() => props.onSelect()}
      onDblClick={() => navigate(href())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) navigate(href())
      }}
    >
      <td
        class={`${CELL} relative pl-5 font-semibold whitespace-nowrap ${props.selected ? 'before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : ''}`}
      >
        <A href={href()} tabindex={props.selected ? 0 : -1} class="rounded-letter hover:underline">
          {props.case.key}
        </A>
      </td>
      <td class={CELL}>
        <span class="block truncate max-read:whitespace-normal">{props.case.title || 'Untitled study'}</span>
        <span class="block truncate text-12 text-t3 max-read:whitespace-normal">{sizeOf(props.case)}</span>
      </td>
      <td class={`${CELL} max-[360px]:hidden`}>
        <PhaseChip phase={props.case.phase} />
      </td>
      <td class={CELL}>
        <Show when={props.case.phase !== 'reading'} fallback={<span class="text-t3">after unblinding</span>}>
          <Disputes open={props.case.openDisputes} most={props.most} />
        </Show>
      </td>
      <td class={`${CELL} pr-5 text-right text-t2 max-desk:hidden`}>
        {props.case.annotations === 0 ? '–' : number(props.case.annotations)}
      </td>
      <td class={`${CELL} max-read:hidden`}>
        <Show
          when={props.case.here.length > 0}
          fallback={
            <span class="text-t3">{props.case.phase === 'reading' ? 'hidden while blind' : '–'}</span>
          }
        >
          <Avatars people={props.case.here} most={4} />
        </Show>
      </td>
      <td class={`${CELL} pr-5 text-right text-12 whitespace-nowrap text-t2 max-desk:hidden`}>
        {props.case.changedAt === null ? '–' : capital(moment(props.case.changedAt, props.now))}
      </td>
    </tr>
  )
}

/** A bar against the most disputed case of the list, and the number. */
function Disputes(props: { readonly open: number; readonly most: number }): JSX.Element {
  return (
    <Show when={props.open > 0} fallback={<span class="text-t3">none</span>}>
      <span class="flex items-center gap-2">
        <span class="h-1.5 w-20 overflow-hidden rounded-full bg-s4 max-read:w-8 wide:w-24" aria-hidden="true">
          <span
            class="block h-full rounded-full bg-warn"
            style={{ width: `${(props.open / props.most) * 100}%` }}
          />
        </span>
        <span>{number(props.open)}</span>
      </span>
    </Show>
  )
}
