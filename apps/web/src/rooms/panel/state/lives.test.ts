import type { EntryDifference } from '@consilium/crdt-schema/compare'
import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '../../../api.ts'
import { createLives } from './lives.ts'
import { GONE_MS } from './past.ts'

// In Node it would be the one for servers, in which nothing is told.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))
vi.mock('../../../api.ts', () => ({ api: { life: vi.fn() } }))

const ID = '1-aaaa'
const wrote = (after: string) =>
  ({ fields: [{ field: 'reasoning', before: '', after }] }) as unknown as EntryDifference

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[W142] words that were taken out go from the history at once, and it is asked again when they are gone from the record', async () => {
  let words = 'a name'
  const life = vi.mocked(api.life)
  life.mockImplementation(
    async () => ({ items: [{ seq: 3, difference: wrote(words) }], next: null }) as never,
  )
  const told: ((rows: never) => void)[] = []
  const journal = { on: (hear: (rows: never) => void) => (told.push(hear), () => {}) }
  const lives = createRoot(() => createLives('panel:1', journal as never))
  const said = () => lives.of(ID)?.get(3)?.fields[0]?.after

  lives.want(ID, [3])
  await vi.advanceTimersByTimeAsync(GONE_MS)
  expect(said()).toBe('a name')
  for (const hear of told) hear([{ revision: { act: 'redact' } }] as never)
  expect(lives.of(ID)).toBeUndefined()
  lives.want(ID, [3, 4])
  await vi.advanceTimersByTimeAsync(GONE_MS - 1)
  expect(life).toHaveBeenCalledTimes(1)
  words = ''
  await vi.advanceTimersByTimeAsync(GONE_MS)
  expect(said()).toBe('')

  // What was on its way meanwhile may be the words.
  let answer: (page: never) => void = () => {}
  life.mockImplementationOnce(() => new Promise<never>((resolve) => void (answer = resolve)))
  lives.want(ID, [3, 5])
  await vi.advanceTimersByTimeAsync(GONE_MS)
  for (const hear of told) hear([{ revision: { act: 'redact' } }] as never)
  answer({ items: [{ seq: 3, difference: wrote('a name') }], next: null } as never)
  await vi.advanceTimersByTimeAsync(0)
  expect(lives.of(ID)).toBeUndefined()
  await vi.advanceTimersByTimeAsync(2 * GONE_MS)
  expect(said()).toBe('')
})
