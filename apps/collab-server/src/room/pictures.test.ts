/** What becomes of an edit that names a series which was not looked up yet, when the database goes in that moment. */
import { expect, test } from 'vitest'
import { seriesOfCase } from './pictures.ts'

const gone = (code: string) =>
  new Error('the database refused a statement', { cause: Object.assign(new Error(), { code }) })

test('[J61] a series is asked for again when the database is back, and what else is wrong is thrown', async () => {
  const faults = [gone('57P01'), gone('ECONNREFUSED')]
  const course: string[] = []
  const catalogue = {
    find: async () => {
      course.push('asked')
      const fault = faults.shift()
      if (fault) throw fault
      return null
    },
    hasAny: async () => false,
  }
  const find = seriesOfCase(catalogue, 'case', async () => void course.push('it is back'))
  expect(await find('series')).toBe(null)
  expect(course).toEqual(['asked', 'it is back', 'asked', 'it is back', 'asked'])

  faults.push(gone('42P01'))
  await expect(find('series')).rejects.toThrow('refused a statement')
  // The server stops before it is back.
  faults.push(gone('57P01'))
  const stopping = seriesOfCase(catalogue, 'case', () => Promise.reject(new Error('closed')))
  await expect(stopping('series')).rejects.toThrow('closed')
})
