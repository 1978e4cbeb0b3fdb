/** Short form of `npm run faults -- simulate`; and that what it looks for is found where it is there. */
import { afterEach, describe, expect, test } from 'vitest'
import './clock.ts'
import * as Y from 'yjs'
import { LiveDocument } from '../../apps/collab-server/src/room/live.ts'
import { Ledger } from '../../apps/web/src/session/ledger.ts'
import { SEED } from '../support/seed.ts'
import { fault } from './fault.ts'
import { ServerSocket } from './network.ts'
import { onceIn } from './seeded.ts'
import type { Story } from './story.ts'
import { simulate } from './world.ts'

test('[G63] random histories end with one record, nothing acknowledged lost and nobody refused without a reason', async () => {
  const { trials, failures, figures } = await fault.run(fault.trials.short, SEED)
  expect(failures, `to see it again: TEST_SEED=${SEED}`).toEqual([])
  expect(trials).toBe(fault.trials.short)
  // Else it would only have shown that nothing happens.
  expect(figures['told saved']).toBeGreaterThan(20 * trials)
  expect(figures['refused and kept']).toBeGreaterThan(trials)
  expect(figures['server killed']).toBeGreaterThan(trials)
})

test('the same seed is the same history', async () => {
  const [one, two] = [await simulate(4), await simulate(4)]
  const hashes = ({ story }: { story: Story }) => story.house.disk.rows.map(({ row }) => row.hash)
  expect(hashes(one).length).toBeGreaterThan(10)
  expect(hashes(two)).toEqual(hashes(one))
})

const undo: (() => void)[] = []
afterEach(() => {
  for (const put of undo.splice(0)) put()
})

/** Until the end of the test. */
function replace<T extends object, K extends keyof T>(of: T, name: K, by: (before: T[K]) => T[K]): void {
  const before = of[name]
  of[name] = by(before)
  undo.push(() => {
    of[name] = before
  })
}

const SPOILT: readonly (readonly [string, RegExp, (story: Story) => void])[] = [
  [
    'a disk that forgets the newest row when the power goes',
    /it was saved, and is lost/,
    ({ house }) =>
      replace(house, 'kill', (kill) => () => {
        kill.call(house)
        house.disk.rows.pop()
      }),
  ],
  [
    'a gate that sometimes takes a case for signed',
    /was refused \(case-closed\) .* and had every right/,
    ({ random }) =>
      replace(
        LiveDocument.prototype,
        'phase',
        (phase) =>
          function (this: LiveDocument) {
            return onceIn(random, 20) ? 'signed' : phase.call(this)
          },
      ),
  ],
  [
    'a gate that does not know of decided and signed cases',
    /the case is (decided|signed)/,
    () => replace(LiveDocument.prototype, 'phase', () => () => 'panel'),
  ],
  [
    'a page that forgets what it has not sent',
    /it was saved, and is lost|its author was told nothing|it was refused, and is lost/,
    () => replace(Ledger.prototype, 'note', () => () => undefined),
  ],
  [
    'a browser that does not keep what it said it keeps',
    /its author was told nothing|is lost/,
    ({ desks }) => {
      for (const { shelf } of desks) replace(shelf, 'append', () => async () => undefined)
    },
  ],
  [
    'a browser that drops refused work',
    /it was refused, and is lost/,
    ({ desks }) => {
      for (const { shelf } of desks) replace(shelf, 'setAside', () => async () => undefined)
    },
  ],
  [
    'a server whose memory is not what its journal says',
    /alarm: unload-mismatch/,
    () =>
      replace(
        LiveDocument.prototype,
        'load',
        (load) =>
          async function (this: LiveDocument) {
            await load.call(this)
            this.ydoc.getMap('comments').set('1-aaaaaaaa', new Y.Map([['text', 'nobody wrote this']]))
          },
      ),
  ],
  [
    'a line that loses some of what the server sends',
    /is stuck|is not what the journal says|has a hole/,
    ({ random }) =>
      replace(
        ServerSocket.prototype,
        'send',
        (send) =>
          function (this: ServerSocket, data: Uint8Array) {
            if (!onceIn(random, 10)) send.call(this, data)
          },
      ),
  ],
]
/** Some need a certain moment. */
const ENOUGH_HISTORIES = 12

describe('is noticed', () => {
  test.each(SPOILT)('%s', async (_, what, spoil) => {
    let seed = 0
    for (let found = false; !found; ) {
      expect(++seed).toBeLessThanOrEqual(ENOUGH_HISTORIES)
      const { faults } = await simulate(seed, spoil)
      for (const put of undo.splice(0)) put()
      found = faults.some((fault) => what.test(fault))
    }
  })
})
