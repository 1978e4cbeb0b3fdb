/**
 * How often somebody may try to sign in, per name and address, and per address over all names. Successes do not count.
 * In memory: a restart forgets, an attacker does not get to restart us.
 */
import { Refusal } from '@consilium/contract/refusals'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { hashOf } from './secrets.ts'

export interface Tries {
  /** Counts a try; to be asked before the password is looked at. Refuses with `too-many-tries`. */
  begin(login: string, address: string): Promise<void>
  /** It was the right password: the try counts no more, nor do those before it under this name. */
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

  return {
    // Counted before the password is looked at, which takes its time: else all that are asked at once would pass.
    async begin(login, address) {
      await count(byName, nameKey(login, address))
      await count(byAddress, address)
    },
    async succeeded(login, address) {
      await Promise.all([byName.delete(nameKey(login, address)), byAddress.reward(address)])
    },
    oneClick: (address) => count(clicks, address),
  }
}

async function count(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (over) {
    if (over instanceof RateLimiterRes) throw new Refusal('too-many-tries')
    throw over
  }
}
