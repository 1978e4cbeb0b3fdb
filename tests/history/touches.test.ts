/** What the gate says a row touches is what is found anew in the document that all rows make. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FIELDS } from '../../apps/collab-server/src/journal/touch.ts'
import { touchesIn } from '../../apps/collab-server/src/revisions/touches.ts'
import { SEED } from '../support/seed.ts'
import { journalOf, story } from './journalOf.ts'
import { runs } from './runs.ts'

it('[R25] what each row touches is found anew from the bytes alone, in random histories of several people', () => {
  let touches = 0
  fc.assert(
    fc.property(story(60), (told) => {
      const { rows } = journalOf(told)
      const found = [...touchesIn(rows.map(({ bytes }) => bytes))]
      rows.forEach((row, n) => {
        const told = (row.touched ?? []).flatMap(({ root, entry, fields }) => [
          `${root} ${entry}`,
          ...FIELDS[root].filter((_, bit) => fields & (1 << bit)).map((field) => `${root} ${entry} ${field}`),
        ])
        const again = (found[n] ?? []).flatMap(([root, entry, field]) => [
          `${root} ${entry}`,
          ...(field === null ? [] : [`${root} ${entry} ${field}`]),
        ])
        expect(new Set(again), `row ${row.seq}`).toEqual(new Set(told))
        touches += told.length
      })
    }),
    { numRuns: runs(100), seed: SEED },
  )
  expect(touches).toBeGreaterThan(1_000)
}, 1_800_000)
