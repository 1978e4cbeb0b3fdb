import { expect, test } from 'vitest'
import { heapOf, requireMemory } from './memory.ts'

const heap = (freeMb: number) =>
  ({ heap_size_limit: 512 * 2 ** 20, used_heap_size: (512 - freeMb) * 2 ** 20 }) as Parameters<
    typeof requireMemory
  >[1]

test('[J25] what needs more memory than there is free is refused, however few bytes it is encoded in', () => {
  const many = { structs: 1_000_000, bytes: 36 }
  const few = { structs: 10_000, bytes: 2_000_000 }
  expect(() => requireMemory(heapOf(many), heap(500))).toThrow(/larger than the server can open/)
  expect(() => requireMemory(heapOf(few), heap(500))).not.toThrow()
  expect(() => requireMemory(heapOf(few), heap(4))).toThrow(/larger than the server can open/)
})
