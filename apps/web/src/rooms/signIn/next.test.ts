import { expect, test } from 'vitest'
import { safeNext } from './next.ts'

test('a path of this page is kept', () => {
  expect(safeNext('/cases/abc?at=3')).toBe('/cases/abc?at=3')
})
test.each([
  undefined,
  '',
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/sign-in',
])('anything else leads to the front page: %s', (next) => {
  expect(safeNext(next)).toBe('/')
})
