/** Random sessions through real documents and the real gate, the same every time; `npm run fuzz` makes many more. */
import { expect, test } from 'vitest'
import { SEEDS, sessions } from './run.ts'

test('[M48] whatever happens on the way, everybody sees in every voxel what was painted, and by whom', () => {
  const { acts, switches, archives, lanes } = sessions(0, SEEDS.short)
  // That nothing was wrong says something only where much was done.
  expect(acts).toBeGreaterThan(12 * SEEDS.short)
  expect(switches).toBeGreaterThan(3 * SEEDS.short)
  expect(lanes).toBeGreaterThan(3 * SEEDS.short)
  expect(archives).toBeGreaterThan(SEEDS.short / 4)
})
