/** All of an entry, nothing cut: what the row has no room for, as evidence needs it. */
import type { AuditEntry } from '@consilium/contract/audit'
import { For, type JSX, Show } from 'solid-js'
import { capital, fullMoment, number } from '../../format.ts'
import { actTitle, detailWhole } from './auditWords.ts'

export function AuditFacts(props: { readonly entry: AuditEntry }): JSX.Element {
  const facts = (): readonly (readonly [string, string])[] => {
    const { entry } = props
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    return [
      ['Time in UTC', new Date(entry.at).toISOString().replace('T', ' ').replace('Z', '')],
      [`On your clock, ${zone}`, fullMoment(entry.at)],
      ['Who', entry.by?.name ?? 'Nobody known: the name is that of nobody here'],
      ['In the role', entry.role === null ? '' : capital(entry.role)],
      ['What', actTitle(entry.act)],
      ['In detail', detailWhole(entry)],
      ['To whom', entry.subject?.name ?? ''],
      ['Project', entry.project?.title ?? ''],
      ['Case', entry.case?.key ?? ''],
      ['From', entry.from ?? ''],
      ['Entry of the log', number(entry.n)],
    ]
  }
  return (
    <dl class="grid grid-cols-[10rem_minmax(0,1fr)] max-read:grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-1 py-3 pr-5 pl-26 text-12 max-desk:pl-5">
      <For each={facts().filter(([, value]) => value !== '')}>
        {([title, value]) => (
          <>
            <dt class="text-t3">{title}</dt>
            <dd class="break-words text-t1">{value}</dd>
          </>
        )}
      </For>
      <Show when={props.entry.hash}>
        {(hash) => (
          <>
            <dt class="text-t3">Hash</dt>
            <dd class="font-mono break-all text-t2">{hash()}</dd>
          </>
        )}
      </Show>
    </dl>
  )
}
