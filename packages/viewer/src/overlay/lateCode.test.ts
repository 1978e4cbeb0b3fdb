import { expect, test } from 'vitest'
import { LateCode } from './lateCode.ts'

/** Code whose line is dead until somebody mends it. */
function deadLine() {
  let isDead = true
  let asked = 0
  const code = new LateCode(async () => {
    asked++
    if (isDead) throw new TypeError('Failed to fetch')
    return 'code'
  })
  return { code, asked: () => asked, mend: () => void (isDead = false) }
}

test('[V116] code that could not be fetched is told, and comes when it is asked for again', async () => {
  const { code, asked, mend } = deadLine()
  const told: (string | null)[] = []
  code.on(() => told.push(code.hasFailed ? 'failed' : code.here))
  await Promise.all([code.fetch(), code.fetch()])
  expect(asked(), 'two who want it ask once').toBe(1)
  mend()
  await code.fetch()
  await code.fetch()
  expect(asked()).toBe(2)
  expect(told).toEqual(['failed', null, 'code'])
})

test('[V116] whoever stopped listening is told nothing', async () => {
  const { code, mend } = deadLine()
  mend()
  const told: string[] = []
  code.on(() => told.push('a'))()
  code.on(() => told.push('b'))
  await code.fetch()
  expect(told).toEqual(['b'])
})
