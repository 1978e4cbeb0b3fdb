import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { scenePeers } from './drafts.ts'
import { Follow } from './follow.ts'
import { GONE_AFTER_MS, IDLE_AFTER_MS, Outbox, Peers } from './presence.ts'

const user = { id: 'lind', name: 'Dr J. Lindqvist', initials: 'JL', role: 'reader', colour: 1 }
const cursor = { at: [1, 2, 3], series: 's1', frame: 4 }
const view = {
  series: 's1',
  frame: 4,
  center: [0, 0, 0],
  mmPerPixel: 0.5,
  window: { center: 40, width: 400 },
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function two(): { mine: Awareness; say: (state: unknown) => void; leave: () => void } {
  const mine = new Awareness(new Y.Doc())
  const theirs = new Awareness(new Y.Doc())
  const pass = (): void =>
    applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'wire')
  return {
    mine,
    say(state) {
      theirs.setLocalState(state as Record<string, unknown>)
      pass()
    },
    leave() {
      theirs.setLocalState(null)
      pass()
    },
  }
}

describe('peers', () => {
  it('shows a person only as the server has stamped them', () => {
    const { mine, say } = two()
    const peers = new Peers()
    peers.attach(mine)
    say({ cursor })
    expect(peers.peers).toEqual([])
    say({ user, cursor })
    expect(peers.peers[0]).toMatchObject({ user, cursor, idle: false, gone: false })
    peers.destroy()
  })

  it('lets nothing malformed through', () => {
    const { mine, say } = two()
    const peers = new Peers()
    peers.attach(mine)
    for (const state of [
      { user, cursor: { at: [1, 2], series: 's1', frame: 4 } },
      { user: 'me' },
      { user, draft: { points: 'x' } },
      'text',
    ]) {
      say(state)
      expect(peers.peers).toEqual([])
    }
    peers.destroy()
  })

  it('fades a resting cursor after 3 s and drops it after 60 s; the person stays', () => {
    const { mine, say } = two()
    const peers = new Peers()
    peers.attach(mine)
    const seen = (): number => scenePeers(peers.peers, 's1', () => '#fff').length
    say({ user, cursor })
    vi.advanceTimersByTime(IDLE_AFTER_MS + 1_000)
    expect(peers.peers[0]?.idle).toBe(true)
    expect(seen()).toBe(1)
    // y-protocols repeats an unchanged state every 15 s; that is no sign of life.
    say({ user, cursor })
    expect(peers.peers[0]?.idle).toBe(true)
    say({ user, cursor: { ...cursor, frame: 5 } })
    expect(peers.peers[0]?.idle).toBe(false)
    vi.advanceTimersByTime(10_000)
    say({ user, cursor: { ...cursor, frame: 6 } })
    vi.advanceTimersByTime(20_000)
    say({ user, cursor: { ...cursor, frame: 6 } })
    vi.advanceTimersByTime(20_000)
    say({ user, cursor: { ...cursor, frame: 6 } })
    vi.advanceTimersByTime(GONE_AFTER_MS - 40_000 + 1_000)
    expect(peers.peers[0]?.gone).toBe(true)
    expect(seen()).toBe(0)
    peers.destroy()
  })

  it('announces who comes and who leaves, once', () => {
    const { mine, say, leave } = two()
    const peers = new Peers()
    const told: string[] = []
    peers.arrived.on((who) => told.push(`+${who.id}`))
    peers.left.on((who) => told.push(`-${who.id}`))
    peers.attach(mine)
    say({ user })
    say({ user, cursor })
    leave()
    expect(told).toEqual(['+lind', '-lind'])
    peers.destroy()
  })
})

describe('outbox', () => {
  it('merges a burst into few sayings, the newest of each field', async () => {
    const sent: object[] = []
    const outbox = new Outbox(
      (patch) => sent.push(patch),
      () => Date.now(),
    )
    outbox.say({ selection: 'a' })
    outbox.say({ following: 'lind' })
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toEqual([{ selection: 'a', following: 'lind' }])
    outbox.say({ cursor: null })
    await vi.advanceTimersByTimeAsync(0)
    outbox.say({ selection: 'b' })
    await vi.advanceTimersByTimeAsync(40)
    expect(sent.slice(1)).toEqual([{ cursor: null, selection: 'b' }])
    outbox.say({ selection: 'c' })
    outbox.cancel()
    await vi.advanceTimersByTimeAsync(40)
    expect(sent).toHaveLength(2)
  })
})

describe('follow', () => {
  it('takes over each new view and leaves when they leave', () => {
    const { mine, say, leave } = two()
    const peers = new Peers()
    const follow = new Follow()
    const views: number[] = []
    follow.views.on((taken) => views.push(taken.frame))
    peers.changed.on((all) => follow.update(all))
    peers.attach(mine)
    say({ user, view })
    follow.start('lind', peers.peers)
    say({ user, view, cursor })
    say({ user, view: { ...view, frame: 9 }, cursor })
    expect(views).toEqual([4, 9])
    leave()
    expect(follow.person).toBeNull()
    expect(follow.leave()).toBe(false)
    peers.destroy()
  })
})
