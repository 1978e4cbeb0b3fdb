import { expect, test } from 'vitest'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'

test('[I30] an alarm is counted by its kind and logged as an error', async () => {
  const said: unknown[][] = []
  const metrics = createMetrics({ error: (...words: unknown[]) => said.push(words) } as unknown as Log)
  metrics.alarm('journal-fault', { doc: 7, seq: 3 })
  metrics.alarm('journal-fault', { doc: 7, seq: 4 })
  metrics.alarm('cut')
  const text = await metrics.text()
  expect(text).toContain('consilium_alarms_total{kind="journal-fault"} 2')
  expect(text).toContain('consilium_alarms_total{kind="cut"} 1')
  expect(said).toEqual([
    [{ alarm: 'journal-fault', doc: 7, seq: 3 }, 'alarm'],
    [{ alarm: 'journal-fault', doc: 7, seq: 4 }, 'alarm'],
    [{ alarm: 'cut' }, 'alarm'],
  ])
  metrics.close()
})

test('what is watched is read at each look', async () => {
  const metrics = createMetrics({} as Log)
  let open = 1
  metrics.watch('consilium_things', 'Things', () => open)
  metrics.refused('gap')
  metrics.committed(3, 0.004)
  expect(await metrics.text()).toContain('consilium_things 1')
  open = 5
  const text = await metrics.text()
  expect(text).toContain('consilium_things 5')
  expect(text).toContain('consilium_refusals_total{code="gap"} 1')
  expect(text).toContain('consilium_journal_rows_total 3')
  expect(text).toMatch(/consilium_journal_commit_seconds_bucket\{le="0.002"\} 0\n.*le="0.005"\} 1/)
  expect(text).toMatch(/consilium_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+/)
  metrics.close()
})
