import type { AuditEntry } from '@consilium/contract/audit'
import { expect, test } from 'vitest'
import { byDay } from './days.ts'
import { fromWords } from './fromWords.ts'

const entry = (n: number, at: number): AuditEntry => ({
  n,
  at,
  act: 'opened-case',
  by: null,
  role: null,
  project: null,
  case: null,
  subject: null,
  detail: {},
  from: null,
  hash: '',
})

test('entries keep their order and are cut where a day in UTC ends', () => {
  const midnight = Date.UTC(2026, 10, 22)
  const days = byDay([entry(3, midnight + 5), entry(2, midnight), entry(1, midnight - 1)])
  expect(days.map(({ title, entries }) => [title, entries.map(({ n }) => n)])).toEqual([
    ['Sunday 22\u00a0Nov\u00a02026', [3, 2]],
    ['Saturday 21\u00a0Nov\u00a02026', [1]],
  ])
})

test('where from: the address, and the browser in words', () => {
  const agent =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36'
  expect(fromWords(`10.0.3.17 ${agent}`)).toEqual({ first: '10.0.3.17', second: 'Chrome on Linux' })
  expect(fromWords('::1')).toEqual({ first: '::1', second: '' })
  expect(fromWords(null)).toEqual({ first: '–', second: '' })
})
