import type { Prior } from '@consilium/contract/prior'
import type { Series } from '@consilium/contract/studies'
import { createRoot } from 'solid-js'
import { expect, it, vi } from 'vitest'
import type { LinkStatus } from '../../../session/saveState.ts'
import { Topic } from '../../../session/topic.ts'
import { createPrior } from './prior.ts'

const ONE: Prior = { case: 'one', key: 'LN-0001', days: 412 }
const OTHER: Prior = { case: 'other', key: 'LN-0002', days: null }
const series = (id: string) => [{ id } as Series]

/** A page that was opened with a prior, or none, and what its server says. */
function page(opened: Prior | null, seriesOf = (id: string) => Promise.resolve(series(`of ${id}`))) {
  const statuses = new Topic<LinkStatus>()
  const say = (said: Prior | null) => statuses.emit({ prior: said } as LinkStatus)
  const asked = vi.fn(seriesOf)
  const given = { prior: opened, series: opened ? series(`of ${opened.case}`) : [] }
  const prior = createRoot(() => createPrior(given, statuses, asked))
  const shown = () => [prior.prior()?.key, ...prior.series().map(({ id }) => id)]
  return { ...prior, say, asked, shown }
}
const answered = () => new Promise((resolve) => setTimeout(resolve))

it('[V35] a prior that is attached comes with its series, and goes when it is taken away', async () => {
  const { say, shown, news, read } = page(null)
  say(ONE)
  expect(shown()).toEqual([undefined])
  await answered()
  expect(shown()).toEqual(['LN-0001', 'of one'])
  expect(news()).toEqual({
    sentence: 'Prior LN-0001, 412\u00a0days earlier, belongs to this case now.',
    isHere: true,
  })
  read()
  expect(news()).toBeNull()
  say(null)
  expect(shown()).toEqual([undefined])
  expect(news()?.sentence).toBe('LN-0001 is no longer the prior of this case.')
})

it('[V35] what the server says again is no news, and other days of the same case ask for nothing', async () => {
  const { say, shown, news, asked, prior } = page(ONE)
  say({ ...ONE })
  expect(news()).toBeNull()
  say({ ...ONE, days: 400 })
  await answered()
  expect(prior()?.days).toBe(400)
  expect(shown()).toEqual(['LN-0001', 'of one'])
  expect(asked).not.toHaveBeenCalled()
})

it('[V35] of two said one after the other the last counts, whichever answer comes first', async () => {
  const answers = new Map<string, (series: Series[]) => void>()
  const { say, shown } = page(null, (id) => new Promise((resolve) => void answers.set(id, resolve)))
  say(ONE)
  say(OTHER)
  answers.get('other')?.(series('of other'))
  await answered()
  answers.get('one')?.(series('of one'))
  await answered()
  expect(shown()).toEqual(['LN-0002', 'of other'])
})

it('[V35] where its pictures cannot be had that is said, and there is none', async () => {
  const { say, shown, news } = page(null, () => Promise.reject(new Error('no')))
  say(OTHER)
  await answered()
  expect(shown()).toEqual([undefined])
  expect(news()).toEqual({
    sentence:
      'Prior LN-0002 belongs to this case now. Its pictures could not be had; reload the page to try again.',
    isHere: false,
  })
})
