/** Entries in the order they come, cut where a day in UTC ends. */
import type { AuditEntry } from '@consilium/contract/audit'
import { utcDay } from '../../format.ts'

export interface Day {
  readonly title: string
  readonly entries: readonly AuditEntry[]
}

export function byDay(entries: readonly AuditEntry[]): readonly Day[] {
  const days: { title: string; entries: AuditEntry[] }[] = []
  for (const entry of entries) {
    const title = utcDay(entry.at)
    const last = days.at(-1)
    if (last?.title === title) last.entries.push(entry)
    else days.push({ title, entries: [entry] })
  }
  return days
}
