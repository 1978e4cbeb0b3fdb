import { Refusal } from '@consilium/contract/refusals'
import type { FileOutcome, Import } from '@consilium/contract/studies'
import { describe, expect, test, vi } from 'vitest'
import { Unreachable } from '../../errors.ts'
import type { Picked } from './picked.ts'
import { CONCURRENCY, type Door, newUpload, tally } from './upload.ts'

const picked = (path: string): Picked => ({ path, file: new File(['12345678'], path) })
const gathered = (...paths: string[]) => ({ files: paths.map(picked), leftOut: 0 })
const result = (more: Partial<Import> = {}): Import => ({
  id: 'i1',
  project: 'p',
  state: 'done',
  received: 0,
  stored: 0,
  refused: 0,
  alreadyHere: 0,
  files: [],
  series: [],
  ...more,
})
const clock = { now: () => 0, wait: () => Promise.resolve() }
const settle = () => vi.waitFor(() => undefined)
/** Patient: the machine may be busy. */
const until = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, 60_000)

/** A door whose sends are answered by hand. */
function byHand() {
  const open: { path: string; answer: (outcome: FileOutcome) => void; fail: (error: Error) => void }[] = []
  const sent: string[] = []
  const door: Door = {
    open: vi.fn(async () => ({ id: 'i1' })),
    send: (_id, file, _onSent, signal) =>
      new Promise((resolve, reject) => {
        sent.push(file.path)
        open.push({ path: file.path, answer: resolve, fail: reject })
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
    finish: vi.fn(async () => result()),
    look: vi.fn(async () => result()),
  }
  const stored = (path: string) =>
    open.find((one) => one.path === path)?.answer({ name: path, status: 'stored', reason: null })
  return { door, open, sent, stored }
}

const quick = (
  outcomes: Record<string, FileOutcome['status'] | Error> = {},
  over: Partial<Door> = {},
): Door => ({
  open: async () => ({ id: 'i1' }),
  send: async (_id, file) => {
    const outcome = outcomes[file.path] ?? 'stored'
    if (outcome instanceof Error) throw outcome
    return { name: file.path, status: outcome, reason: outcome === 'refused' ? 'Not an image.' : null }
  },
  finish: async () => result(),
  look: async () => result(),
  ...over,
})

describe('sending', () => {
  test('three at a time, the next when one is done, and one import for all', async () => {
    const { door, sent, stored } = byHand()
    const upload = newUpload(door, () => undefined, clock)
    upload.add(gathered('a', 'b', 'c', 'd'))
    await until(() => expect(sent).toEqual(['a', 'b', 'c']))
    expect(sent).toHaveLength(CONCURRENCY)
    stored('b')
    await until(() => expect(sent).toEqual(['a', 'b', 'c', 'd']))
    for (const path of ['a', 'c', 'd']) stored(path)
    await until(() => expect(upload.progress.stage).toBe('done'))
    expect(door.open).toHaveBeenCalledTimes(1)
    expect(door.finish).toHaveBeenCalledTimes(1)
  })

  test('a refused file keeps its reason and stops nobody', async () => {
    const cases = vi.fn()
    const upload = newUpload(quick({ b: 'refused', c: 'already-here' }), cases, clock)
    upload.add(gathered('a', 'b', 'c'))
    await until(() => expect(upload.progress.stage).toBe('done'))
    expect(upload.progress.tally).toMatchObject({
      files: 3,
      settled: 3,
      stored: 1,
      alreadyHere: 1,
      refused: 1,
    })
    // Kept by difference, it must be what counting anew gives.
    expect(upload.progress.tally).toEqual(tally(upload.progress.files))
    expect(upload.progress.files[1]).toMatchObject({ state: 'refused', reason: 'Not an image.' })
    expect(cases).toHaveBeenCalledOnce()
  })

  test('paused, nothing new is sent; resumed, it goes on', async () => {
    const { door, sent, stored } = byHand()
    const upload = newUpload(door, () => undefined, clock)
    upload.add(gathered('a', 'b', 'c', 'd'))
    await until(() => expect(sent).toHaveLength(3))
    upload.pause()
    for (const path of ['a', 'b', 'c']) stored(path)
    await until(() => expect(upload.progress.tally.stored).toBe(3))
    await settle()
    expect(sent).toHaveLength(3)
    upload.resume()
    await until(() => expect(sent).toHaveLength(4))
  })
})

describe('what goes wrong', () => {
  test('a lost file holds the import back until it is sent again, in the same import', async () => {
    const outcomes: Record<string, FileOutcome['status'] | Error> = { b: new Unreachable(null) }
    const door = quick(outcomes)
    const open = vi.spyOn(door, 'open')
    const finish = vi.spyOn(door, 'finish')
    const upload = newUpload(door, () => undefined, clock)
    upload.add(gathered('a', 'b'))
    await until(() => expect(upload.progress.stage).toBe('failed'))
    expect(finish).not.toHaveBeenCalled()
    expect(upload.progress.fault?.message).toBe('One file did not arrive.')
    delete outcomes.b
    upload.retry()
    await until(() => expect(upload.progress.stage).toBe('done'))
    expect(open).toHaveBeenCalledTimes(1)
    expect(upload.progress.tally).toMatchObject({ stored: 2, lost: 0 })
    expect(upload.progress.tally).toEqual(tally(upload.progress.files))
  })

  test('an import that may not be opened says why, in the server’s words', async () => {
    const open = vi.fn(async (): Promise<{ id: string }> => {
      throw new Refusal('not-allowed')
    })
    const upload = newUpload(quick({}, { open }), () => undefined, clock)
    upload.add(gathered('a'))
    await until(() => expect(upload.progress.stage).toBe('failed'))
    expect(upload.progress.files[0]?.reason).toContain('Your role does not allow this.')
    open.mockResolvedValue({ id: 'i2' })
    upload.retry()
    await until(() => expect(upload.progress.stage).toBe('done'))
  })

  test('cancelled, what was on its way is dropped and nothing becomes a case', async () => {
    const { door, sent } = byHand()
    const upload = newUpload(door, () => undefined, clock)
    upload.add(gathered('a', 'b', 'c', 'd'))
    await until(() => expect(sent).toHaveLength(3))
    upload.cancel()
    await settle()
    expect(upload.progress.stage).toBe('cancelled')
    expect(upload.progress.files.every((file) => file.state === 'lost')).toBe(true)
    expect(door.finish).not.toHaveBeenCalled()
  })
})

describe('sorting', () => {
  test('the server is looked at until it is done, and may still turn a file down', async () => {
    const look = vi
      .fn<Door['look']>()
      .mockResolvedValueOnce(result({ state: 'sorting' }))
      .mockResolvedValueOnce(result({ files: [{ name: 'b', status: 'refused', reason: 'Fits no stack.' }] }))
    const door = quick({}, { finish: async () => result({ state: 'sorting' }), look })
    const upload = newUpload(door, () => undefined, clock)
    upload.add(gathered('a', 'b'))
    await until(() => expect(upload.progress.stage).toBe('done'))
    expect(look).toHaveBeenCalledTimes(2)
    expect(upload.progress.files[1]).toMatchObject({ state: 'refused', reason: 'Fits no stack.' })
  })

  test('what is added after the end begins a new import', async () => {
    const door = quick()
    const open = vi.spyOn(door, 'open')
    const upload = newUpload(door, () => undefined, clock)
    upload.add(gathered('a'))
    await until(() => expect(upload.progress.stage).toBe('done'))
    upload.add(gathered('b'))
    await until(() => expect(open).toHaveBeenCalledTimes(2))
    await until(() => expect(upload.progress.stage).toBe('done'))
  })
})
