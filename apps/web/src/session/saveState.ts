/**
 * The save state in words, exactly as the design has them. It must never say "Saved" while a change of this page is not in the journal, nor
 * "on disk" where the server's disk is not known to keep it.
 */
import type { Prior } from '@consilium/contract/prior'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import { timeOfDay } from '../format.ts'

/** `refused`: the server does not open this document to us; `signed-out`: it does not know us any more. Both end in a page of their own. */
export type LinkState = 'opening' | 'connecting' | 'live' | 'offline' | 'refused' | 'signed-out'

export interface RefusalNote {
  readonly code: string
  readonly message: string
  readonly next: string
}

/** What the server judges this person's changes by. */
export interface Standing {
  readonly role: Role | null
  readonly phase: Phase
}

export interface LinkStatus {
  readonly state: LinkState
  /** A leased identity is held and the document is not being rebuilt. */
  readonly canWrite: boolean
  /** Own changes that the journal does not hold yet. */
  readonly unsaved: number
  /** Own changes that the server would not take, and their author has not decided about. */
  readonly notTaken: number
  /** Server's time of the newest journal row seen, ms since 1970. */
  readonly savedAt: number | null
  /** False where this browser cannot keep changes across a reload. */
  readonly durableHere: boolean
  /** Whether what the server has committed reaches its disk; null until it has said. */
  readonly durableThere: boolean | null
  /** The server's record cannot be written just now. */
  readonly paused: boolean
  /** Null until the server has said. */
  readonly standing: Standing | null
  /** The earlier case that this one is looked at beside; undefined until the server has said. */
  readonly prior: Prior | null | undefined
  /** Why the server does not open this document; with `refused` only. */
  readonly refusal: RefusalNote | null
}

export interface SaveWords {
  readonly text: string
  readonly tone: 'ok' | 'busy' | 'warn' | 'bad'
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`)

export const refusalWords = (refusal: RefusalNote): string =>
  `${refusal.message.replace(/\.?$/, '.')} ${refusal.next.replace(/\.?$/, '.')}`

export function saveWords(status: LinkStatus): SaveWords {
  const rest = wordsOfTheRest(status)
  if (status.notTaken === 0) return rest
  const saved = rest.tone === 'ok' ? `the rest: ${rest.text.toLowerCase()}` : rest.text
  return { text: `Not saved: ${changes(status.notTaken)}, kept here · ${saved}`, tone: 'bad' }
}

function wordsOfTheRest(status: LinkStatus): SaveWords {
  const { state, unsaved } = status
  if (state === 'refused' && status.refusal)
    return { text: `Not saved: ${refusalWords(status.refusal)}`, tone: 'bad' }
  if (state === 'signed-out') return { text: withKept('Signed out', status), tone: 'bad' }
  if (state === 'opening') return { text: 'Opening', tone: 'busy' }
  if (state === 'connecting' && unsaved === 0) return { text: 'Connecting', tone: 'busy' }
  if (state !== 'live') return { text: withKept('Offline', status), tone: toneOf(status) }
  if (status.paused) {
    const kept = unsaved === 0 ? '' : ` (${where(status)})`
    return { text: `Saving paused: the record cannot be written just now${kept}`, tone: toneOf(status) }
  }
  if (unsaved > 0) return { text: `Saving (${unsaved})`, tone: 'busy' }
  if (status.durableThere === null) return { text: 'Connecting', tone: 'busy' }
  const at = status.savedAt === null ? '' : ` ${timeOfDay(status.savedAt)}`
  return status.durableThere
    ? { text: `Saved on disk${at}`, tone: 'ok' }
    : { text: `Kept by the server${at}, but its disk is not safe`, tone: 'warn' }
}

const toneOf = ({ unsaved, durableHere }: LinkStatus): SaveWords['tone'] =>
  unsaved > 0 && !durableHere ? 'bad' : 'warn'

const where = ({ unsaved, durableHere }: LinkStatus): string =>
  durableHere ? `${changes(unsaved)} kept here` : `${changes(unsaved)} in this tab only: keep it open`

const withKept = (word: string, status: LinkStatus): string =>
  `${word}, ${status.unsaved === 0 ? 'nothing waiting' : where(status)}`
