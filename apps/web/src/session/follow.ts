/**
 * Following one person: their series, slice, window, zoom and centre become mine until I navigate myself, press Esc, or they leave.
 * Holds no view of its own; it says when to take over which.
 */
import type { Peer } from './presence.ts'
import { Topic } from './topic.ts'

export type PeerView = NonNullable<Peer['view']>

export class Follow {
  readonly changed = new Topic<string | null>()
  readonly views = new Topic<PeerView>()
  /** Id of the person followed. */
  person: string | null = null
  #last = ''

  start(person: string, peers: readonly Peer[]): void {
    this.person = person
    this.#last = ''
    this.changed.emit(person)
    this.update(peers)
  }

  /** True where something was left. */
  leave(): boolean {
    if (this.person === null) return false
    this.person = null
    this.changed.emit(null)
    return true
  }

  /** Called whenever the peers change. */
  update(peers: readonly Peer[]): void {
    if (this.person === null) return
    const pages = peers.filter((peer) => peer.user.id === this.person)
    if (pages.length === 0) {
      this.leave()
      return
    }
    // Of several pages of one person, the one in use.
    const view = (pages.find((peer) => !peer.idle && peer.view) ?? pages.find((peer) => peer.view))?.view
    if (!view) return
    const text = JSON.stringify(view)
    if (text === this.#last) return
    this.#last = text
    this.views.emit(view)
  }
}
