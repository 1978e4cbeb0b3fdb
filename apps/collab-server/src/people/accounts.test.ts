import { beforeEach, expect, it, vi } from 'vitest'
import type { Database } from '../db/open.ts'
import { createPeople } from './accounts.ts'
import type { Identities } from './identities.ts'

const argon2 = vi.hoisted(() => ({ hash: vi.fn(), verify: vi.fn() }))
vi.mock('@node-rs/argon2', () => argon2)

beforeEach(() => {
  argon2.hash.mockReset().mockResolvedValue('$argon2id$of-nobody')
  argon2.verify.mockReset().mockResolvedValue(false)
})

/** A database in which the one query of `checkPassword` finds these rows. */
const finding = (rows: unknown[]): Pick<Database, 'orm'> => ({
  orm: {
    select: () => ({ from: () => ({ where: () => Promise.resolve(rows) }) }),
  } as unknown as Database['orm'],
})

const identities = { loginMac: (login: string) => Buffer.from(login) } as Identities

it('[I7] a wrong name costs a password hash of the same strength as a wrong password', async () => {
  expect(await createPeople(finding([]), identities).checkPassword('nobody', 'guess')).toBeNull()
  expect(argon2.hash).toHaveBeenCalledExactlyOnceWith(expect.any(String), {
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
  })
  expect(argon2.verify).toHaveBeenCalledExactlyOnceWith('$argon2id$of-nobody', 'guess')
})

it('[I7] nobody signs in to an account without a password, even where the guess fits nobody’s hash', async () => {
  argon2.verify.mockResolvedValue(true)
  const machine = { id: 1, login: 'this-machine', passwordHash: null }
  expect(await createPeople(finding([machine]), identities).checkPassword('this-machine', 'guess')).toBeNull()
  expect(argon2.verify).toHaveBeenCalledTimes(1)
})
