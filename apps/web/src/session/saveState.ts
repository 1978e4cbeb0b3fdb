/**
 * The save state in words, exactly as the design has them. It must never say "Saved" while a change is not in the journal.
 */
import { timeOfDay } from '../format.ts'

export type LinkState = 'opening' | 'connecting' | 'live' | 'offline' | 'refused'

export interface RefusalNote {
  readonly code: string
  readonly message: string
  readonly next: string
}

export interface LinkStatus {
  readonly state: LinkState
  /** A leased identity is held and the document is not being rebuilt. */
  readonly canWrite: boolean
  /** Own changes that the journal does not hold yet. */
  readonly unsaved: number
  /** Server's time of the newest journal row seen, ms since 1970. */
  readonly savedAt: number | null
  /** False where this browser cannot keep changes across a reload. */
  readonly durableHere: boolean
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
  if (status.refusal !== null) return { text: `Not saved: ${refusalWords(status.refusal)}`, tone: 'bad' }
  if (status.state === 'opening') return { text: 'Opening', tone: 'busy' }
  if (status.state === 'connecting' || status.state === 'offline') {
    if (status.unsaved === 0 && status.state === 'connecting') return { text: 'Connecting', tone: 'busy' }
    if (status.unsaved === 0) return { text: 'Offline, nothing waiting', tone: 'warn' }
    if (!status.durableHere)
      return { text: `Offline, ${changes(status.unsaved)} in this tab only: keep it open`, tone: 'bad' }
    return { text: `Offline, ${changes(status.unsaved)} kept here`, tone: 'warn' }
  }
  if (status.unsaved > 0) return { text: `Saving (${status.unsaved})`, tone: 'busy' }
  return {
    text: status.savedAt === null ? 'Saved on disk' : `Saved on disk ${timeOfDay(status.savedAt)}`,
    tone: 'ok',
  }
}
