import { expect, test } from 'vitest'
import { listing } from './listing.ts'

test('one line per file, whatever stands in a name or a reason', () => {
  const text = listing([
    { id: 0, path: 'ct/a\tb.dcm', size: 1, state: 'refused', sent: 1, reason: 'Truncated:\nexport again.' },
    { id: 1, path: 'ct/c.dcm', size: 1, state: 'stored', sent: 1, reason: null },
  ])
  expect(text).toBe('File\tState\tReason\nct/a b.dcm\trefused\tTruncated: export again.\nct/c.dcm\tstored\t')
})
