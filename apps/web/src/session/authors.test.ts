import { colourOfPerson } from '@consilium/contract/colour'
import type { Authors as Body } from '@consilium/contract/revisions'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Authors } from './authors.ts'

const OKAFOR = { id: 'okaf', name: 'Dr A. Okafor', initials: 'AO' }
const LINDQVIST = { id: 'lind', name: 'Dr J. Lindqvist', initials: 'JL' }

/** Somebody whose own colour is the same. */
function likeOkafor(): string {
  for (let n = 0; ; n++) if (colourOfPerson(`p${n}`) === colourOfPerson(OKAFOR.id)) return `p${n}`
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function served(): { body: Body; asked: number; fetch: () => Promise<Body> } {
  const made = {
    body: { clients: [{ client: 11, author: OKAFOR, role: 'reader' as const }] } as Body,
    asked: 0,
    fetch: async () => {
      made.asked += 1
      return made.body
    },
  }
  return made
}

describe('authors', () => {
  it('knows who stands behind an entry by the clientID in its key', async () => {
    const server = served()
    const authors = new Authors(server.fetch)
    await authors.load()
    expect(authors.byEntry('11-abcdefgh')?.author).toEqual(OKAFOR)
    expect(authors.byEntry('no key')).toBeNull()
  })

  it('asks again when an unknown clientID shows up, and stops when it is known', async () => {
    const server = served()
    const authors = new Authors(server.fetch)
    await authors.load()
    const heard = vi.fn()
    authors.changed.on(heard)
    expect(authors.byClient(12)).toBeNull()
    await vi.advanceTimersByTimeAsync(0)
    expect(server.asked).toBe(2)
    server.body = { clients: [...server.body.clients, { client: 12, author: LINDQVIST, role: 'reader' }] }
    await vi.advanceTimersByTimeAsync(500)
    expect(authors.byClient(12)?.author).toEqual(LINDQVIST)
    const after = server.asked
    await vi.advanceTimersByTimeAsync(120_000)
    expect(server.asked).toBe(after)
    expect(heard).toHaveBeenCalled()
  })

  it('goes on asking where the server cannot be reached, ever less often', async () => {
    let asked = 0
    const authors = new Authors(async () => {
      asked += 1
      throw new TypeError('Failed to fetch')
    })
    authors.byClient(5)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toBeGreaterThanOrEqual(4)
    expect(asked).toBeLessThanOrEqual(6)
    authors.destroy()
  })

  it('[W149] gives everybody their own colour, and another only where it is taken', async () => {
    const own = colourOfPerson(OKAFOR.id)
    const alike = { id: likeOkafor(), name: 'Dr M. Tanaka', initials: 'MT' }
    const server = served()
    server.body = {
      clients: [
        { client: 11, author: OKAFOR, role: 'reader' },
        { client: 12, author: alike, role: 'reader' },
        { client: 13, author: OKAFOR, role: 'reader' },
      ],
    }
    const authors = new Authors(server.fetch)
    await authors.load()
    expect([11, 12, 13].map((client) => authors.byClient(client)?.colour)).toEqual([own, (own + 1) % 6, own])
    authors.stamp(alike.id, own)
    expect([11, 12].map((client) => authors.byClient(client)?.colour)).toEqual([(own + 1) % 6, own])
  })

  it('learns from a journal message without asking', async () => {
    const server = served()
    const authors = new Authors(server.fetch)
    authors.note(20, LINDQVIST, 'reader')
    expect(authors.byClient(20)?.author).toEqual(LINDQVIST)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.asked).toBe(0)
  })
})
