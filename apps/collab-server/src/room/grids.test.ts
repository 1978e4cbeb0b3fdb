/** What is remembered of series, and for how long. */
import { expect, test } from 'vitest'
import { type FindSeries, Grids } from './grids.ts'

test('[K30] that nobody knows a series is asked anew after a moment, what is known of one never', async () => {
  let now = 0
  let hasPictures = false
  const asked: string[] = []
  const find: FindSeries = async (series) => {
    asked.push(series)
    return series === 'of another case' || hasPictures ? 'elsewhere' : null
  }
  const grids = new Grids(find, [], () => now)
  const isElsewhere = (series: string) => grids.with(() => grids.isElsewhere(series))
  for (const series of ['nobody knows', 'of another case']) await isElsewhere(series)
  hasPictures = true
  now = 5_000
  expect(await isElsewhere('nobody knows')).toBe(false)
  expect(asked).toEqual(['nobody knows', 'of another case'])
  now = 5_001
  expect(await isElsewhere('nobody knows')).toBe(true)
  now = 1e9
  for (const series of ['nobody knows', 'of another case']) expect(await isElsewhere(series)).toBe(true)
  expect(asked).toEqual(['nobody knows', 'of another case', 'nobody knows'])
})
