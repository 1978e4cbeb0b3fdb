/** What happens in a world: people work, and everything that can go wrong around them does, at moments that the seed chooses. */
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import type { PersonRecord } from '../../apps/collab-server/src/people/accounts.ts'
import type { Random } from '../faults/fault.ts'
import { House } from './house.ts'
import { UNAWARE_MS, type Weather } from './network.ts'
import { onceIn } from './seeded.ts'
import { Desk, Tab, type Told } from './tab.ts'
import type { Time } from './time.ts'

const ROLES: readonly (Role | null)[] = ['reader', 'reader', 'adjudicator', 'manager', 'observer']
/** What each may become, and come back from. */
const OTHER_ROLES: readonly (Role | null)[] = ['reader', 'adjudicator', 'observer', 'manager', null]
const OTHER_PHASES: readonly Phase[] = ['decided', 'signed', 'new']
const MOST_TABS = 7

/** What can happen next, and how often of a hundred times. `tab`: some page that is open. */
const EVENTS: readonly (readonly [number, (story: Story, tab: Tab | null) => void])[] = [
  [68, (story, tab) => story.act(tab)],
  [4, (_, tab) => tab?.network.break()],
  [6, (_, tab) => tab?.network.mend()],
  [2, (_, tab) => tab?.network.cut()],
  [3, (story) => story.openSomebodys()],
  [2, (story, tab) => tab && story.close(tab)],
  [3, (story) => story.changeRole()],
  [2, (story) => story.changePhase()],
  [1, (story) => story.changeSession()],
  [2, ({ house: { health } }) => void (health.away = !health.away)],
  [1, ({ house }) => house.journal?.fence()],
  [3, (story) => story.killOrStart()],
  [1, ({ random }, tab) => tab?.changeClient(random)],
  [2, (story) => story.changeWeather()],
]

export class Story {
  readonly time: Time
  readonly random: Random
  readonly house: House
  readonly desks: readonly Desk[]
  readonly tabs = new Set<Tab>()
  readonly told: Told[] = []
  kills = 0
  readonly #weather: Weather = { delay: 30 }

  constructor(time: Time, random: Random) {
    this.time = time
    this.random = random
    const people = ROLES.map(
      (_, n): PersonRecord => ({
        id: n + 1,
        handle: `person${n + 1}`,
        name: `Person ${n + 1}`,
        initials: `P${n + 1}`,
        login: `person${n + 1}`,
        admin: false,
        credential: '',
        erased: false,
      }),
    )
    this.house = new House(time, random, new Map(people.map(({ id }, n) => [id, ROLES[n] ?? null])))
    this.desks = people.map((person) => new Desk(person, this.house.signIn(person)))
  }

  async begin(): Promise<void> {
    for (const desk of this.desks.slice(0, 4)) this.open(desk)
    await this.time.pass(1_000)
  }

  /** `steps` things happen. */
  async go(steps: number): Promise<void> {
    for (let n = 0; n < steps; n++) {
      await this.time.pass(this.random.pick([0, 5, 50, 300, 1_500]))
      const tab = this.tabs.size > 0 ? this.random.pick([...this.tabs]) : null
      let chance = this.random.whole(1, 100)
      EVENTS.find(([weight]) => (chance -= weight) <= 0)?.[1](this, tab)
    }
  }

  /** Everything that was broken is mended; everybody has their first role again, and time to settle. */
  async heal(): Promise<void> {
    const { house, desks } = this
    house.health.away = false
    if (!house.isUp) house.start()
    this.#weather.delay = 30
    for (const tab of this.tabs) tab.network.mend()
    for (const desk of desks) if (desk.session.ended) desk.session = house.signIn(desk.person)
    for (const [n, { person }] of desks.entries()) house.setRole(person, ROLES[n] ?? null)
    const [first] = desks as [Desk]
    house.setPhase('panel', first.session)
    // Nobody tells a page that its connection is none: it has to find out.
    await this.time.pass(UNAWARE_MS)
    await this.#settle()
    // What a page left behind in its browser is sent by the next one; and one comes that has nothing yet.
    for (const desk of desks) if (desk.changes.some(({ told }) => told === 'nothing')) this.open(desk)
    this.open(new Desk(first.person, house.signIn(first.person)))
    await this.#settle()
  }

  /** Everybody goes; the server puts the document away and compares it with the journal. */
  async end(): Promise<void> {
    for (const tab of this.tabs) this.close(tab)
    await this.time.pass(3_000)
    this.house.kill()
  }

  open(desk: Desk): void {
    const tab = new Tab(desk, this.house, this.time, this.random, this.#weather, this.told)
    this.tabs.add(tab)
    void tab.link.open()
  }

  openSomebodys(): void {
    if (this.tabs.size < MOST_TABS) this.open(this.random.pick(this.desks))
  }

  close(tab: Tab): void {
    this.tabs.delete(tab)
    tab.close()
  }

  /** People work in bursts. */
  act(tab: Tab | null): void {
    for (let n = this.random.pick([1, 1, 1, 2, 5]); n > 0; n--) tab?.act(this.random)
  }

  /** Away from what they are to something else, or back. */
  changeRole(): void {
    const n = this.random.whole(0, this.desks.length - 1)
    const { person } = this.desks[n] as Desk
    const first = ROLES[n] ?? null
    const now = this.house.standing.roles.get(person.id) ?? null
    this.house.setRole(person, now === first ? this.random.pick(OTHER_ROLES) : first)
  }

  changePhase(): void {
    const phase = this.house.standing.phase === 'panel' ? this.random.pick(OTHER_PHASES) : 'panel'
    this.house.setPhase(phase, this.random.pick(this.desks).session)
  }

  changeSession(): void {
    const desk = this.random.pick(this.desks)
    if (!desk.session.ended && onceIn(this.random, 2)) return this.house.endSession(desk.session)
    desk.session = this.house.signIn(desk.person)
    for (const tab of this.tabs) if (tab.desk === desk) void tab.link.resume()
  }

  killOrStart(): void {
    if (!this.house.isUp) return this.house.start()
    this.kills++
    this.house.kill()
    for (const tab of this.tabs) tab.network.cut()
  }

  changeWeather(): void {
    this.#weather.delay = this.random.pick([1, 30, 400, 3_000])
    this.house.health.commit = this.random.pick([1, 20, 200, 2_000])
  }

  async #settle(): Promise<void> {
    const waiting = (): boolean => [...this.tabs].some((tab) => !tab.isSettled)
    for (let tries = 0; tries < 20 && waiting(); tries++) {
      for (const tab of this.tabs) void tab.link.resume()
      await this.time.pass(10_000, waiting)
    }
    // What is still on its way when the last of them has settled.
    await this.time.pass(5_000)
  }
}
