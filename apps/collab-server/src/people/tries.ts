/**
 * How often somebody may try to sign in: failures per name and address, and per address over all names. Successes do not count.
 * In memory: a restart forgets, an attacker does not get to restart us.
 */
import { Refusal } from '@consilium/contract/refusals'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { hashOf } from './secrets.ts'

export interface Tries {
  /** Refuses with `too-many-tries`; to be asked before the password is looked at. */
  check(login: string, address: string): Promise<void>
  failed(login: string, address: string): Promise<void>
  succeeded(login: string, address: string): Promise<void>
  /** Counts a sign-in that asks for no password, and refuses with `too-many-tries`: each one is a row in the database. */
  oneClick(address: string): Promise<void>
}

const PER_NAME = 8
const PER_ADDRESS = 80
const CLICKS_PER_ADDRESS = 120
const WINDOW_S = 60

export function createTries(): Tries {
  const byName = new RateLimiterMemory({ points: PER_NAME, duration: WINDOW_S, blockDuration: WINDOW_S })
  const byAddress = new RateLimiterMemory({
    points: PER_ADDRESS,
    duration: WINDOW_S,
    blockDuration: WINDOW_S,
  })
  const clicks = new RateLimiterMemory({ points: CLICKS_PER_ADDRESS, duration: WINDOW_S })
  // Hashed: what is typed into the name field may be a password, and keys have a bounded length.
  const nameKey = (login: string, address: string) =>
    hashOf(`${address} ${login.normalize('NFKC').trim().toLowerCase()}`)

  async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
    try {
      await limiter.consume(key)
    } catch (over) {
      // The attempt that exceeds the limit is answered like any other; the next one is refused by `check`.
      if (!(over instanceof RateLimiterRes)) throw over
    }
  }

  return {
    async check(login, address) {
      const [name, all] = await Promise.all([byName.get(nameKey(login, address)), byAddress.get(address)])
      if ((name?.consumedPoints ?? 0) >= PER_NAME || (all?.consumedPoints ?? 0) >= PER_ADDRESS)
        throw new Refusal('too-many-tries')
    },
    async failed(login, address) {
      await Promise.all([count(byName, nameKey(login, address)), count(byAddress, address)])
    },
    async succeeded(login, address) {
      await byName.delete(nameKey(login, address))
    },
    async oneClick(address) {
      await count(clicks, address)
      const used = await clicks.get(address)
      if ((used?.consumedPoints ?? 0) > CLICKS_PER_ADDRESS) throw new Refusal('too-many-tries')
    },
  }
}
