/**
 * What words.ts needs to look up. Fields that are switched on and off (deleted, resolved) leave no value in a revision; but the newest
 * one is known from the document, and each earlier change of the same field was the other way round.
 */
import type { Touched } from '@consilium/contract/revisions'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { gridOfSeries } from '@consilium/crdt-schema/painting/grid'
import { createMemo } from 'solid-js'
import type { Desk } from './desk.ts'
import type { Lookups } from './words.ts'

const isSwitch = (touched: Touched): boolean =>
  touched.op === 'change' && touched.fields.some((field) => field === 'retired' || field === 'resolved')

export function createLookups(desk: Desk): Lookups {
  const { shelves } = desk.document.records
  /** Newest first. */
  const switches = createMemo(() => {
    const found = new Map<EntryKey, number[]>()
    for (const row of desk.revisions.rows()) {
      for (const touched of row.touched.filter(isSwitch)) {
        const rows = found.get(touched.entry)
        if (rows) rows.push(row.seq)
        else found.set(touched.entry, [row.seq])
      }
    }
    return found
  })
  const isOn = (id: EntryKey): boolean =>
    (shelves.annotations.get(id)?.retired ?? null) !== null || (shelves.threads.get(id)?.resolved ?? false)
  return {
    entry: (root, id) => shelves[root].get(id) as never,
    ...desk.wording,
    painted: (seqs, segment) => {
      const id = shelves.annotations.get(segment)?.source.series
      const series = desk.series.list.find((one) => one.id === id)
      return desk.painting.strokes.words(seqs, series ? gridOfSeries(series) : null)
    },
    switchedOn: (seq, id) => {
      const place = switches().get(id)?.indexOf(seq) ?? 0
      return place % 2 === 0 ? isOn(id) : !isOn(id)
    },
  }
}
