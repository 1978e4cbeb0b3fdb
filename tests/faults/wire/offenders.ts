/** The thread of those who send noise: told whom to disturb, for how many frames and how fast, it answers with what came of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { Random } from '../fault.ts'
import { type Enemy, noise, Offender, realFrames } from './offender.ts'

export interface Order {
  readonly enemy: Enemy
  /** One socket for each. */
  readonly clients: readonly number[]
  readonly frames: number
  readonly perSecond: number
  readonly seed: number
}

export interface Account {
  readonly seconds: number
  readonly cuts: readonly number[]
  readonly survived: readonly number[]
}

const TURN_MS = 10

async function disturb({ enemy, clients, frames, perSecond, seed }: Order): Promise<Account> {
  const offenders = clients.map((client) => new Offender(enemy, client))
  const real = realFrames(enemy.document)
  const began = performance.now()
  for (let sent = 0; sent < frames; ) {
    await sleep(TURN_MS)
    // Where all are cut at the moment, the next turn makes up for it.
    const due = Math.min(frames, ((performance.now() - began) / 1_000) * perSecond)
    for (const offender of offenders) {
      if (sent >= due) break
      if (offender.isOpen) offender.send(noise(new Random(seed + sent++), enemy.document, real))
    }
  }
  return {
    seconds: (performance.now() - began) / 1_000,
    cuts: offenders.flatMap((offender) => offender.cuts),
    survived: offenders.map((offender) => offender.survived).filter((heard) => heard > 0),
  }
}

if (parentPort) parentPort.postMessage(await disturb(workerData as Order))
