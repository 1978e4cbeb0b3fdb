import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Courtesy } from './courtesy.ts'

/** Files that note when they are read; each is read until the test ends it. */
function reader(courtesy: Courtesy) {
  const begun: string[] = []
  const ends = new Map<string, { resolve: (name: string) => void; reject: (error: Error) => void }>()
  const read = (name: string): Promise<string> =>
    courtesy.pass(() => {
      begun.push(name)
      return new Promise((resolve, reject) => ends.set(name, { resolve, reject }))
    })
  return {
    begun,
    read,
    end: (name: string) => ends.get(name)?.resolve(name),
    fail: (name: string) => ends.get(name)?.reject(new Error('the thread has died')),
  }
}

const never = new Promise<void>(() => undefined)
const begins = (begun: readonly string[], count: number) =>
  expect.poll(() => begun.length, { timeout: 20_000 }).toBe(count)

test('[S68] while nobody edits nothing waits, whatever the journal says', () => {
  const { begun, read } = reader(new Courtesy({ quietMs: 60_000, idle: () => never }))
  for (const name of ['a', 'b', 'c']) void read(name)
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('[S68] while somebody edits files are read one at a time, in order, and one that fails costs itself', async () => {
  const { begun, read, end, fail } = reader(new Courtesy({ quietMs: 0, idle: async () => undefined }))
  const answers = Promise.allSettled(['a', 'b', 'c'].map(read))
  await begins(begun, 1)
  fail('a')
  await begins(begun, 2)
  await nextTurn()
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await begins(begun, 3)
  end('c')
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})

test('[S68] a file waits until no change is on its way to the disk', async () => {
  let saved: () => void = () => undefined
  const { begun, read, end } = reader(
    new Courtesy({ quietMs: 0, idle: () => new Promise((resolve) => (saved = resolve)) }),
  )
  const answer = read('a')
  for (let k = 0; k < 10; k++) await Promise.resolve()
  expect(begun).toEqual([])
  saved()
  for (let k = 0; k < 10; k++) await Promise.resolve()
  expect(begun).toEqual(['a'])
  end('a')
  expect(await answer).toBe('a')
})

test('[S68] where changes never end an import goes on', async () => {
  const { begun, read, end } = reader(new Courtesy({ quietMs: 0, idle: () => never }))
  const answers = Promise.all(['a', 'b'].map(read))
  await begins(begun, 1)
  end('a')
  await begins(begun, 2)
  end('b')
  expect(await answers).toEqual(['a', 'b'])
})
