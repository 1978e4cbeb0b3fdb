import { expect, test, vi } from 'vitest'
import { Stopping } from '../revisions/lane.ts'
import { SnapshotKeeper } from './snapshotKeeper.ts'

const PATIENCE_MS = 60_000

/** Says what is logged when a snapshot cannot be made for this reason. */
async function logged(why: Error): Promise<Record<'warn' | 'error', number>> {
  const log = { warn: vi.fn(), error: vi.fn() }
  const moment = vi.fn(() => Promise.reject(why))
  const keeper = new SnapshotKeeper(1, { moment, keepSnapshot: async () => undefined }, log as never)
  keeper.grown(1, 10_000_000)
  await vi.waitUntil(() => moment.mock.settledResults.length === 1, PATIENCE_MS)
  // Made again when it is due again.
  await vi.waitUntil(() => {
    keeper.grown(2, 10_000_000)
    return moment.mock.calls.length > 1
  }, PATIENCE_MS)
  return { warn: log.warn.mock.calls.length, error: log.error.mock.calls.length }
}

test('a snapshot that is not made because the server stops is no error; one that failed is', async () => {
  expect(await logged(new Stopping())).toMatchObject({ warn: 0, error: 0 })
  expect((await logged(new Error('broken'))).error).toBeGreaterThan(0)
})

test('one that waits for a database that is away is told as what it is', async () => {
  const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  const said = await logged(away)
  expect(said.error).toBe(0)
  expect(said.warn).toBeGreaterThan(0)
})
