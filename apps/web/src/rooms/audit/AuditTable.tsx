/**
 * The log as a table, by days in UTC. Two lines to a row; what is too long for them, and the hash, stand in full below a row that is
 * opened by its button or a click. Where there is no room for columns the act stands below whoever did it.
 */
import type { AuditEntry } from '@consilium/contract/audit'
import { createMemo, createSignal, For, type JSX } from 'solid-js'
import { AuditRow, NARROW } from './AuditRow.tsx'
import { byDay } from './days.ts'

const HEAD = 'h-7 border-b border-line px-2 text-left text-11 font-medium whitespace-nowrap text-t3'

interface AuditTableProps {
  readonly entries: readonly AuditEntry[]
  /** Says with each row which project it is from. */
  readonly withProject: boolean
}

export function AuditTable(props: AuditTableProps): JSX.Element {
  const days = createMemo(() => byDay(props.entries))
  const [open, setOpen] = createSignal<number | null>(null)
  return (
    <table
      aria-label="Audit log"
      class="w-full table-fixed border-separate border-spacing-0 text-13 max-read:block"
    >
      <colgroup>
        <col class="w-24" />
        <col class="w-40 desk:w-48" />
        <col />
        <col class={props.withProject ? 'w-32 desk:w-44' : 'w-24 desk:w-28'} />
        <col class="w-32 desk:w-40" />
        <col class="w-48 max-desk:hidden" />
        <col class="w-16 max-desk:hidden" />
        <col class="w-12" />
      </colgroup>
      <thead class="sticky top-0 z-10 bg-bg max-read:block">
        <tr class={NARROW}>
          <th scope="col" class={`${HEAD} pl-5`}>
            Time, UTC
          </th>
          <th scope="col" class={HEAD}>
            Who, in which role<span class="read:hidden">, what</span>
          </th>
          <th scope="col" class={`${HEAD} max-read:hidden`}>
            What
          </th>
          <th scope="col" class={`${HEAD} max-read:hidden`}>
            Case
          </th>
          <th scope="col" class={`${HEAD} max-read:hidden`}>
            To whom
          </th>
          <th scope="col" class={`${HEAD} max-desk:hidden`}>
            From
          </th>
          <th scope="col" class={`${HEAD} text-right max-desk:hidden`}>
            No.
          </th>
          <th scope="col" class={HEAD}>
            <span class="sr-only">All of it</span>
          </th>
        </tr>
      </thead>
      <For each={days()}>
        {(day) => (
          <tbody class="max-read:block">
            <tr class={NARROW}>
              <th
                scope="rowgroup"
                colspan={6}
                class="border-b border-line px-5 pt-3 pb-1.5 text-left text-11 font-medium text-t3 max-read:col-span-full"
              >
                {day.title}
              </th>
              <td colspan={2} class="border-b border-line max-desk:hidden" />
            </tr>
            <For each={day.entries}>
              {(entry) => (
                <AuditRow
                  entry={entry}
                  withProject={props.withProject}
                  open={open() === entry.n}
                  onToggle={() => setOpen(open() === entry.n ? null : entry.n)}
                />
              )}
            </For>
          </tbody>
        )}
      </For>
    </table>
  )
}
