/** Which of two acts lies on top: the one with the higher Lamport number; of equals that of the higher clientID. */
import type { ActId } from './act.ts'

/** Negative where `a` lies under `b`. */
export const compareActs = (a: ActId, b: ActId): number => a.lamport - b.lamport || a.client - b.client

export const sameAct = (a: ActId, b: ActId): boolean => a.lamport === b.lamport && a.client === b.client
