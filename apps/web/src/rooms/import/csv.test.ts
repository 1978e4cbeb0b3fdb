import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'
import type { Sending } from './progress.ts'

const row = (id: number, more: Partial<Sending>): Sending => ({
  id,
  path: 'a.dcm',
  size: 12,
  state: 'stored',
  sent: 12,
  reason: null,
  inside: [],
  ...more,
})

test('[W114] a line per file, also those in archives; no cell is a formula, whatever somebody named a file', () => {
  const files = [
    row(0, {}),
    row(1, {
      path: '=HYPERLINK("http://x")',
      state: 'refused',
      reason: 'Truncated:\nexport it again, please.',
    }),
    row(2, { path: 'z.zip', inside: [{ name: 'z.zip › +1.dcm', status: 'held', reason: '-2' }] }),
  ]
  expect(csvOf(files, ['0', '1', '2.0'])).toBe(
    [
      'file,bytes,state,reason',
      'a.dcm,12,stored,',
      `"'=HYPERLINK(""http://x"")",12,refused,"Truncated:\nexport it again, please."`,
      `z.zip › +1.dcm,,held,'-2`,
      '',
    ].join('\r\n'),
  )
})
