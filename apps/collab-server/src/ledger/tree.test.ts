/** The tree against its definition (RFC 9162 §2.1.1 and §2.1.3.2), for random changes. */
import { hash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Head, leafOf, Tree } from './tree.ts'

const H = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')

/** As the RFC says it: split at the largest power of two below n. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return H()
  if (leaves.length === 1) return leaves[0] as Uint8Array
  let k = 1
  while (2 * k < leaves.length) k *= 2
  return H(Buffer.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)))
}

/** As the RFC says it. */
function rootFrom(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Uint8Array {
  let [fn, sn, r] = [index, size - 1, leaf]
  for (const p of path) {
    if (fn % 2 === 1 || fn === sn) {
      r = H(Buffer.of(1), p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1]
    } else r = H(Buffer.of(1), r, p)
    ;[fn, sn] = [fn >> 1, sn >> 1]
  }
  return sn === 0 ? r : Buffer.alloc(0)
}

test('[J70] whatever changed, the kept tree is the tree of all heads, and each of them is proved by its path', async () => {
  const changes = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(changes, async (rounds) => {
      const tree = new Tree()
      const heads = new Map<number, Head>()
      for (const docs of rounds) {
        const moved = docs.map((doc) => ({
          doc,
          seq: (heads.get(doc)?.seq ?? 0) + 1,
          hash: randomBytes(32),
        }))
        for (const head of moved) heads.set(head.doc, head)
        await tree.set(moved)
        const sorted = [...heads.values()].sort((a, b) => a.doc - b.doc)
        const expected = rootOf(sorted.map(leafOf))
        expect(Buffer.from(tree.root)).toEqual(expected)
        expect(tree.rows).toBe(sorted.reduce((sum, { seq }) => sum + seq, 0))
        for (const [n, head] of sorted.entries()) {
          const place = tree.place(head.doc)
          expect([place?.head, place?.index]).toEqual([head, n])
          expect(rootFrom(leafOf(head), n, tree.size, place?.path ?? [])).toEqual(expected)
        }
        expect(tree.place(1_000)).toBeNull()
      }
    }),
    { numRuns: 60 },
  )
})
