import type { Role } from '@consilium/crdt-schema/roles'
import { Document } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Appearance } from './appearance.ts'
import { PRESENCE_PER_SECOND } from './limits.ts'

const CLIENT = 7
const IDENTITY = { id: 'ao', name: 'Dr A. Okafor', initials: 'AO', role: 'reader', colour: 0 } as const

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function frame(...states: readonly [client: number, clock: number, state: unknown][]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.length)
  for (const [client, clock, state] of states) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  }
  return encoding.toUint8Array(encoder)
}

class Scene {
  readonly document = new Document('panel:aaaa')
  shown: unknown[] = []

  constructor() {
    this.document.awareness.on('update', () =>
      this.shown.push(this.document.awareness.getStates().get(CLIENT)?.selection),
    )
  }

  role: Role | null = 'reader'

  page(): { appearance: Appearance; close: () => void } {
    const connection = { document: this.document, messageAddress: 'panel:aaaa', send: () => undefined }
    this.document.addConnection(connection as never)
    return {
      appearance: new Appearance(connection as never, {
        speaksFor: (client) => client === CLIENT || client === 8,
        identity: () => ({ ...IDENTITY, role: this.role }),
      }),
      close: () => this.document.removeConnection(connection as never),
    }
  }
}

describe('presence on its way', () => {
  test('[P10] what comes faster than it is told is replaced by what is newer, and the newest is told', () => {
    const scene = new Scene()
    const { appearance } = scene.page()
    for (let n = 1; n <= 1_000; n++) appearance.take(frame([CLIENT, n, { selection: String(n) }]))
    expect(scene.shown).toEqual(['1'])
    vi.advanceTimersByTime(1_000)
    expect(scene.shown).toEqual(['1', '1000'])
    for (let n = 0; n < 1_000; n++) {
      appearance.take(frame([CLIENT, 2_000 + n, { selection: String(2_000 + n) }]))
      vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(100)
    expect(scene.shown.at(-1)).toBe('2999')
    expect(scene.shown.length - 2).toBeLessThanOrEqual(PRESENCE_PER_SECOND + 1)
  })

  test('[P2] states of others in the same frame are left aside, and do not displace one’s own', () => {
    const scene = new Scene()
    const { appearance } = scene.page()
    appearance.take(frame([1, 9, { selection: 'forged' }], [CLIENT, 1, { selection: 'mine' }]))
    appearance.take(frame([CLIENT, 2, { selection: 'newer' }]))
    appearance.take(frame([1, 10, { selection: 'forged' }]))
    vi.advanceTimersByTime(100)
    expect([...scene.document.awareness.getStates()]).toEqual([
      [CLIENT, { selection: 'newer', user: IDENTITY }],
    ])
  })

  test('who says goodbye is gone', () => {
    const scene = new Scene()
    const { appearance } = scene.page()
    appearance.take(frame([CLIENT, 1, { selection: 'here' }]))
    vi.advanceTimersByTime(100)
    appearance.take(frame([CLIENT, 2, null]))
    expect(scene.document.awareness.getStates().size).toBe(0)
  })

  test('[P12] a page that came back is still seen when its old connection ends', () => {
    const scene = new Scene()
    const old = scene.page()
    old.appearance.take(frame([CLIENT, 1, { selection: 'before' }]))
    const back = scene.page()
    back.appearance.take(frame([CLIENT, 2, { selection: 'after' }]))
    old.close()
    expect(scene.document.awareness.getStates().get(CLIENT)).toMatchObject({ selection: 'after' })
    back.close()
    expect(scene.document.awareness.getStates().size).toBe(0)
  })

  test('[G106] another role is seen at once, and nothing that the page says at that moment is lost by it', () => {
    const scene = new Scene()
    const seen = () => scene.document.awareness.getStates().get(CLIENT)
    const { appearance } = scene.page()
    appearance.restamp()
    expect(seen()).toBeUndefined()
    appearance.take(frame([CLIENT, 5, { selection: 'a' }]))
    scene.role = 'observer'
    appearance.restamp()
    expect(seen()).toMatchObject({ selection: 'a', user: { role: 'observer' } })
    // Said before the page heard of it: with the clock that the restamp took.
    vi.advanceTimersByTime(100)
    appearance.take(frame([CLIENT, 6, { selection: 'b' }]))
    expect(seen()).toMatchObject({ selection: 'b', user: { role: 'observer' } })
    // What the page repeats of what it heard of itself is told to nobody again, else it would go round for ever.
    const { length } = scene.shown
    vi.advanceTimersByTime(100)
    appearance.take(frame([CLIENT, 7, seen()]))
    expect(scene.shown).toHaveLength(length)
    appearance.take(frame([CLIENT, 8, null]))
    vi.advanceTimersByTime(100)
    appearance.restamp()
    expect(seen()).toBeUndefined()
  })

  test('a page is known by the first clientID that it may speak for, whatever else it repeats', () => {
    const scene = new Scene()
    const { appearance } = scene.page()
    appearance.take(frame([CLIENT, 1, { selection: 'mine' }]))
    appearance.take(frame([8, 1, { selection: 'also mine?' }]))
    vi.advanceTimersByTime(100)
    expect([...scene.document.awareness.getStates().keys()]).toEqual([CLIENT])
  })

  test('what cannot be read is told by an error, what says nothing is not', () => {
    const { appearance } = new Scene().page()
    expect(() => appearance.take(Uint8Array.of(3, 1))).toThrow()
    expect(() => appearance.take(new Uint8Array(100_000))).toThrow()
    expect(() => appearance.take(frame())).not.toThrow()
  })
})
