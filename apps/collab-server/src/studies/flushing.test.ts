import { expect, test } from 'vitest'
import { Flushing } from './flushing.ts'

const names = (from: number, count: number) => Array.from({ length: count }, (_, k) => `blob ${from + k}`)

/** What was asked for, and the flush at hand, which the test ends. */
function disk() {
  const asked: string[][] = []
  let ends: { resolve: () => void; reject: (error: Error) => void }
  const flush = (sha256s: readonly string[]) => {
    asked.push([...sha256s])
    return new Promise<void>((resolve, reject) => {
      ends = { resolve, reject }
    })
  }
  return { asked, flush, end: () => ends.resolve(), fail: () => ends.reject(new Error('the disk is full')) }
}

test('many go together, one lot after the other, and the last few wait for the end', async () => {
  const { asked, flush, end } = disk()
  const flushing = new Flushing()
  for (const name of names(0, 20)) flushing.came([name], flush)
  flushing.came(names(20, 15), flush)
  expect(asked).toEqual([names(0, 4)])
  end()
  await expect.poll(() => asked.length).toBe(2)
  expect(asked[1]).toEqual(names(4, 31))
  flushing.came(names(35, 3), flush)
  end()
  expect([...(await flushing.flushed())]).toEqual(names(0, 35))
  expect(asked).toHaveLength(2)
})

test('what could not be flushed does not count as flushed', async () => {
  const { flush, fail } = disk()
  const flushing = new Flushing()
  flushing.came(names(0, 16), flush)
  fail()
  expect([...(await flushing.flushed())]).toEqual([])
})

test('what is written again, before or while it is flushed, does not count as flushed', async () => {
  const { flush, end } = disk()
  const flushing = new Flushing()
  flushing.came(names(0, 16), flush)
  flushing.came(names(3, 1), flush)
  end()
  const flushed = await flushing.flushed()
  expect([...flushed]).toEqual(names(0, 16).filter((name) => name !== 'blob 3'))
  flushing.came(names(5, 1), flush)
  expect(flushed.has('blob 5')).toBe(false)
})
