/**
 * Who else is here: awareness in, validated, sorted by person, with idle and gone. Identity is what the server stamped; a state without
 * one is shown to nobody. What this page says of itself goes out through Outbox, at most 30 times a second.
 */
import { type Identity, Presence } from '@consilium/contract/live'
import type { Awareness } from 'y-protocols/awareness'
import { throttle } from './throttle.ts'
import { Topic } from './topic.ts'

/** A cursor at rest fades after this and is not drawn after that, ms. */
export const IDLE_AFTER_MS = 3_000
export const GONE_AFTER_MS = 60_000
export const PRESENCE_INTERVAL_MS = 34

/** One page of somebody else. */
export interface Peer {
  readonly client: number
  readonly user: Identity
  readonly cursor: NonNullable<Presence['cursor']> | null
  readonly draft: NonNullable<Presence['draft']> | null
  /** Of painting, while it is made. */
  readonly stroke: NonNullable<Presence['stroke']> | null
  readonly selection: string | null
  readonly view: NonNullable<Presence['view']> | null
  /** Id of the person they follow. */
  readonly following: string | null
  readonly idle: boolean
  /** Nothing heard for a minute: present, but no cursor. */
  readonly gone: boolean
}

interface Heard {
  /** As it came: the same for as long as its page says nothing else. */
  readonly state: object
  readonly presence: Presence
  readonly user: Identity
  readonly cursorText: string
  readonly movedAt: number
}

export class Peers {
  readonly changed = new Topic<readonly Peer[]>()
  readonly arrived = new Topic<Identity>()
  readonly left = new Topic<Identity>()
  peers: readonly Peer[] = []

  readonly #now: () => number
  #heard = new Map<number, Heard>()
  /** What each of `peers` was made of. */
  #published = new Map<number, Heard>()
  #awareness: Awareness | null = null
  #detach: () => void = () => {}
  #clock: ReturnType<typeof setInterval> | null = null

  constructor(now: () => number = () => Date.now()) {
    this.#now = now
  }

  /** Listens to this awareness from now on; people who were here stay until it says otherwise. */
  attach(awareness: Awareness): void {
    this.#detach()
    this.#awareness = awareness
    const onChange = (): void => this.read()
    awareness.on('change', onChange)
    this.#detach = () => awareness.off('change', onChange)
    this.#clock ??= setInterval(() => this.#publish(), 1_000)
    this.read()
  }

  read(): void {
    const awareness = this.#awareness
    if (!awareness) return
    const before = new Map([...this.#heard.values()].map(({ user }) => [user.id, user]))
    const heard = new Map<number, Heard>()
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID) continue
      const known = this.#heard.get(client)
      if (known?.state === state) {
        heard.set(client, known)
        continue
      }
      const parsed = Presence.safeParse(state)
      if (!parsed.success || !parsed.data.user) continue
      const cursorText = JSON.stringify([
        parsed.data.cursor ?? null,
        parsed.data.draft ?? null,
        parsed.data.stroke ?? null,
        parsed.data.view ?? null,
      ])
      const movedAt = known?.cursorText === cursorText ? known.movedAt : this.#now()
      heard.set(client, { state, presence: parsed.data, user: parsed.data.user, cursorText, movedAt })
    }
    this.#heard = heard
    const after = new Map([...heard.values()].map(({ user }) => [user.id, user]))
    for (const [id, user] of after) if (!before.has(id)) this.arrived.emit(user)
    for (const [id, user] of before) if (!after.has(id)) this.left.emit(user)
    this.#publish()
  }

  destroy(): void {
    this.#detach()
    if (this.#clock !== null) clearInterval(this.#clock)
    for (const topic of [this.changed, this.arrived, this.left]) topic.clear()
  }

  #publish(): void {
    const now = this.#now()
    const before = new Map(this.peers.map((peer) => [peer.client, peer]))
    let same = before.size === this.#heard.size
    const peers = [...this.#heard].map(([client, heard]): Peer => {
      const { presence, user, movedAt } = heard
      const idle = now - movedAt >= IDLE_AFTER_MS
      const gone = now - movedAt >= GONE_AFTER_MS
      const old = before.get(client)
      if (old && this.#published.get(client) === heard && old.idle === idle && old.gone === gone) return old
      const next: Peer = {
        client,
        user,
        cursor: presence.cursor ?? null,
        draft: presence.draft ?? null,
        stroke: presence.stroke ?? null,
        selection: presence.selection ?? null,
        view: presence.view ?? null,
        following: presence.following ?? null,
        idle,
        gone,
      }
      if (old && JSON.stringify(old) === JSON.stringify(next)) return old
      same = false
      return next
    })
    this.#published = this.#heard
    if (same) return
    this.peers = peers
    this.changed.emit(peers)
  }
}

/** What this page says of itself, merged and slowed down. What is said in one go, as cursor and view are while a picture is painted, is one message after it. */
export class Outbox {
  readonly #send: ReturnType<typeof throttle<Partial<Presence>>>
  #waiting: Partial<Presence> = {}
  #isGathering = false

  constructor(present: (patch: Partial<Presence>) => void, now?: () => number) {
    this.#send = throttle(
      PRESENCE_INTERVAL_MS,
      (patch) => {
        this.#waiting = {}
        present(patch)
      },
      now,
    )
  }

  say(patch: Partial<Presence>): void {
    this.#waiting = { ...this.#waiting, ...patch }
    if (this.#isGathering) return
    this.#isGathering = true
    queueMicrotask(() => {
      if (this.#isGathering) this.#send(this.#waiting)
      this.#isGathering = false
    })
  }

  cancel(): void {
    this.#isGathering = false
    this.#send.cancel()
  }
}
