/** One entry: when, who, what, where, to whom, from where. Opened, all of it, with the time on the reader's clock and the hash. */

import type { AuditAct, AuditEntry } from '@consilium/contract/audit'
import { colourOfPerson } from '@consilium/contract/colour'
import { A } from '@solidjs/router'
import ChevronDown from 'lucide-solid/icons/chevron-down'
import Download from 'lucide-solid/icons/download'
import Eye from 'lucide-solid/icons/eye'
import LogIn from 'lucide-solid/icons/log-in'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import Settings2 from 'lucide-solid/icons/settings-2'
import { createUniqueId, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { capital, fullMoment, number, utcTime } from '../../format.ts'
import { Avatar } from '../../parts/Avatar.tsx'
import { IconButton } from '../../parts/Button.tsx'
import { type Icon, strokeOf } from '../../parts/icon.ts'
import { Slot } from '../../parts/Slot.tsx'
import { AuditFacts } from './AuditFacts.tsx'
import { type AuditGroup, actTitle, detailWords, groupOf } from './auditWords.ts'
import { fromWords } from './fromWords.ts'

const ICONS: Record<AuditGroup, Icon> = {
  'sign-ins': LogIn,
  reading: Eye,
  'taking-away': Download,
  record: History,
  administration: Settings2,
}

/** What an auditor's eye should stop at. */
const STANDS_OUT: ReadonlySet<AuditAct> = new Set(['sign-in-failed', 'redacted', 'erased-person'])

/** A row where there is no room for columns: time, who and what, the button. */
export const NARROW = 'max-read:grid max-read:grid-cols-[5.5rem_minmax(0,1fr)_3rem]'
const CELL = 'border-b border-line px-2 py-0.5 align-middle max-read:content-center max-read:py-1.5'

interface AuditRowProps {
  readonly entry: AuditEntry
  readonly withProject: boolean
  readonly open: boolean
  readonly onToggle: () => void
}

export function AuditRow(props: AuditRowProps): JSX.Element {
  const facts = createUniqueId()
  const tone = () => (STANDS_OUT.has(props.entry.act) ? 'text-warn' : 'text-t3')
  return (
    <>
      <tr
        data-entry={props.entry.n}
        class={`h-10 max-read:h-auto ${NARROW} ${props.open ? 'bg-s3' : 'hover:bg-s1'}`}
        onClick={(event) => {
          // A link leads where it leads, and words that are being marked are to be copied.
          if (event.target.closest('a, button') || !getSelection()?.isCollapsed) return
          props.onToggle()
        }}
      >
        <td
          class={`${CELL} relative pl-5 ${props.open ? 'before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-bone' : ''}`}
        >
          <time
            dateTime={new Date(props.entry.at).toISOString()}
            title={`${fullMoment(props.entry.at)} on your clock`}
          >
            {utcTime(props.entry.at)}
          </time>
        </td>
        <td class={CELL}>
          <Show
            when={props.entry.by}
            fallback={<TwoLines first={<span class="text-t2">Nobody known</span>} second="" />}
          >
            {(by) => (
              <span class="flex items-center gap-2.5">
                <Avatar initials={by().initials} order={colourOfPerson(by().id)} size={22} />
                <TwoLines
                  first={<span class="font-medium">{by().name}</span>}
                  second={props.entry.role === null ? '' : capital(props.entry.role)}
                />
              </span>
            )}
          </Show>
          <span
            class={`mt-0.5 block text-12 read:hidden ${STANDS_OUT.has(props.entry.act) ? 'text-warn' : 'text-t2'}`}
          >
            {actTitle(props.entry.act)}
            <Show when={props.entry.case}>{(found) => <> · {found().key}</>}</Show>
          </span>
        </td>
        <td class={`${CELL} max-read:hidden`}>
          <span class="flex items-center gap-2.5">
            <Dynamic
              component={ICONS[groupOf(props.entry.act)]}
              size={16}
              strokeWidth={strokeOf(16)}
              class={`shrink-0 ${tone()}`}
              aria-hidden="true"
            />
            <TwoLines first={actTitle(props.entry.act)} second={detailWords(props.entry)} />
          </span>
        </td>
        <td class={`${CELL} max-read:hidden`}>
          <TwoLines
            first={
              <Show when={props.entry.case} fallback={props.withProject ? '' : <Nothing />}>
                {(found) => (
                  <A
                    href={`/cases/${found().id}`}
                    class="rounded-letter font-medium text-acc hover:underline"
                  >
                    {found().key}
                  </A>
                )}
              </Show>
            }
            second={props.withProject ? (props.entry.project?.title ?? '') : ''}
          />
        </td>
        <td class={`${CELL} max-read:hidden`}>
          <TwoLines first={props.entry.subject?.name ?? <Nothing />} second="" />
        </td>
        <td class={`${CELL} text-12 text-t2 max-desk:hidden`}>
          <TwoLines {...fromWords(props.entry.from)} />
        </td>
        <td class={`${CELL} text-right text-12 text-t3 max-desk:hidden`}>{number(props.entry.n)}</td>
        <td class={`${CELL} pr-3 pl-1`}>
          <IconButton
            icon={ChevronDown}
            label={props.open ? 'Close this entry' : `All of entry ${props.entry.n}`}
            size="small"
            side="left"
            class={props.open ? 'rotate-180' : ''}
            aria-expanded={props.open}
            aria-controls={props.open ? facts : undefined}
            onClick={() => props.onToggle()}
          />
        </td>
      </tr>
      <Show when={props.open}>
        <tr class={NARROW}>
          <td id={facts} colspan={6} class="border-b border-line bg-s2 p-0 max-read:col-span-full">
            <AuditFacts entry={props.entry} />
          </td>
          <td colspan={2} class="border-b border-line bg-s2 max-desk:hidden" />
        </tr>
      </Show>
    </>
  )
}

const Nothing = (): JSX.Element => <span class="text-t3">–</span>

/** Both are cut where they are too long; the whole of them is in the opened row. */
function TwoLines(props: { readonly first: JSX.Element; readonly second: string }): JSX.Element {
  return (
    <span class="block min-w-0 flex-1">
      <Slot class="truncate">{props.first}</Slot>
      <Show when={props.second}>
        <span class="block truncate text-12 text-t3" title={props.second}>
          {props.second}
        </span>
      </Show>
    </span>
  )
}
