import { expect, test } from 'vitest'
import { Arriving } from './arriving.ts'

/** Code whose line is dead until somebody mends it. */
function code() {
  let isDead = true
  let asked = 0
  const arriving = new Arriving(async () => {
    asked++
    if (isDead) throw new TypeError('Failed to fetch')
    return 'code'
  })
  return { arriving, asked: () => asked, mend: () => void (isDead = false) }
}

test('[V116] code that could not be fetched is told, and comes when it is asked for again', async () => {
  const { arriving, asked, mend } = code()
  const told: (string | null)[] = []
  arriving.on(() => told.push(arriving.hasFailed ? 'failed' : arriving.here))
  await Promise.all([arriving.fetch(), arriving.fetch()])
  expect(asked(), 'two who want it ask once').toBe(1)
  mend()
  await arriving.fetch()
  await arriving.fetch()
  expect(asked()).toBe(2)
  expect(told).toEqual(['failed', null, 'code'])
})

test('[V116] whoever stopped listening is told nothing', async () => {
  const { arriving, mend } = code()
  mend()
  const told: string[] = []
  arriving.on(() => told.push('a'))()
  arriving.on(() => told.push('b'))
  await arriving.fetch()
  expect(told).toEqual(['b'])
})
