import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, it } from 'vitest'
import { isUnavailable, isUniqueViolation, sqlState } from './errors.ts'

const from = (code: string) => new DrizzleQueryError('select 1', [], Object.assign(new Error('no'), { code }))

it('finds the code of the database under what wraps it', () => {
  expect(sqlState(from('23505'))).toBe('23505')
  expect(sqlState(new Error('no'))).toBeNull()
  expect(isUniqueViolation(from('23505'))).toBe(true)
  expect(isUniqueViolation(from('23503'))).toBe(false)
})

it.each([
  ['CONNECTION_CLOSED', true],
  ['ECONNREFUSED', true],
  ['57P01', true],
  ['57P03', true],
  ['08006', true],
  ['23505', false],
  ['42P01', false],
  ['ENOENT', false],
])('%s: is the database away? %s', (code, away) => {
  expect(isUnavailable(from(code))).toBe(away)
})
