import { expect, test, vi } from 'vitest'
import { Tallies } from './tallies.ts'

const log = { error: vi.fn() } as unknown as ConstructorParameters<typeof Tallies>[1]

test('[V36] what a document holds is counted once for as long as nothing in it changes, and not at all while it is empty', async () => {
  const moment = vi.fn(async (_doc: number, seq: number) =>
    Buffer.from(JSON.stringify({ annotations: seq, openDisputes: 0 })),
  )
  const tallies = new Tallies({ moment } as unknown as ConstructorParameters<typeof Tallies>[0], log)
  expect(await tallies.at(1, 0)).toEqual({ annotations: 0, openDisputes: 0 })
  for (const changed of [3, 3, 7, 7]) expect((await tallies.at(1, changed)).annotations).toBe(changed)
  expect(moment.mock.calls.map(([doc, seq]) => [doc, seq])).toEqual([
    [1, 3],
    [1, 7],
  ])
})
