import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, it, vi } from 'vitest'
import { type Log, listenToConsole, writtenDown } from './log.ts'

it('[I14] writes down what failed in the database, not what was in it', () => {
  const refused = Object.assign(
    new Error('duplicate key value violates unique constraint "people_login_unique"'),
    {
      name: 'PostgresError',
      code: '23505',
      detail: 'Key (login)=(jane.doe) already exists.',
      constraint_name: 'people_login_unique',
      query: 'insert into people …',
      parameters: ['jane.doe', 'Jane Doe'],
    },
  )
  const error = new DrizzleQueryError(
    'insert into people (login) values ($1)',
    ['jane.doe', 'Jane Doe'],
    refused,
  )
  const written = JSON.stringify(writtenDown(error))
  expect(written).not.toMatch(/jane/i)
  expect(written).toContain('23505')
  expect(written).toContain('people_login_unique')
})

it('keeps message, place and cause of our own errors', () => {
  const written = writtenDown(new RangeError('too long', { cause: new Error('because') }))
  expect(written).toMatchObject({ type: 'RangeError', message: 'too long', cause: { message: 'because' } })
  expect(written.at?.[0]).toContain('log.test.ts')
})

it('a library’s word on a closed document is not repeated; its errors are', () => {
  const warn = vi.fn()
  const voice = { error: vi.fn(), warn: vi.fn() }
  listenToConsole({ warn } as unknown as Log, voice)
  voice.error('closing connection 7 (while handling panel:x)', { code: 4403, reason: 'foreign-authorship' })
  expect(warn).not.toHaveBeenCalled()
  const fault = new Error('unexpected')
  voice.error('closing connection 7', fault)
  expect(warn).toHaveBeenCalledWith({ err: fault }, expect.any(String))
})
