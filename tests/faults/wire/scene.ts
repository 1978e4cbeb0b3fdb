/**
 * A document under attack: a victim with an annotation, a discussion and a lease in reserve, a witness who sees all of it, and an attacker who may
 * write, but only as themselves. `quiet` says what the attack has left behind.
 */
import * as Y from 'yjs'
import { annotate, openThread, setConfidence } from '../../../packages/crdt-schema/src/acts/all.ts'
import { lease, until } from '../../wire/page.ts'
import { box } from '../../wire/ward.ts'
import { Random } from '../fault.ts'
import { type Block, content, forge, type Id } from './forge.ts'
import { type Attempt, attempt, type Ending } from './intruder.ts'
import { Peer } from './peer.ts'
import { editsOf, journalOf, type Member, newMember, type Ward } from './wards.ts'

export class Scene {
  readonly ward: Ward
  readonly document: string
  readonly victim: Peer
  readonly witness: Peer
  readonly attacker: Member
  /** The attacker's own lease. */
  readonly own: number
  /** A lease of the victim's that nothing was written under yet. */
  readonly reserve: number
  readonly target: string
  readonly thread: string
  /** Rows the attacker wrote by right. */
  #allowed = 0
  /** Leases of the attacker's for lines of their own: no two open the document under one. */
  readonly #lines: number[] = []

  private constructor(
    parts: Pick<
      Scene,
      'ward' | 'document' | 'victim' | 'witness' | 'attacker' | 'own' | 'reserve' | 'target' | 'thread'
    >,
  ) {
    this.ward = parts.ward
    this.document = parts.document
    this.victim = parts.victim
    this.witness = parts.witness
    this.attacker = parts.attacker
    this.own = parts.own
    this.reserve = parts.reserve
    this.target = parts.target
    this.thread = parts.thread
  }

  static async open(ward: Ward, role: 'reader' | 'adjudicator' = 'reader'): Promise<Scene> {
    const document = (await ward.newDocument()).name
    const attacker = await newMember(ward, role)
    const victim = await Peer.open(ward.okafor, document)
    const target = annotate(victim.doc, { ...box, reasoning: 'round and smooth' })
    const thread = openThread(victim.doc, {
      about: 'comment',
      anchor: { series: box.source.series, frame: 1, point: [0, 0, 0], annotation: target },
      reason: '',
      text: 'look here',
    })
    await victim.saved()
    const witness = await Peer.open(ward.lindqvist, document, { client: null })
    return new Scene({
      ward,
      document,
      victim,
      witness,
      attacker,
      own: (await lease(attacker.client, document))[0] as number,
      reserve: (await lease(ward.okafor, document))[0] as number,
      target,
      thread,
    })
  }

  /** On a line of its own. */
  async attack(update: Uint8Array, kind: 1 | 2 = 2): Promise<Ending> {
    const { attacker, document } = this
    return this.onLine((client) =>
      attempt({ person: attacker.client, document, client, update, kind } satisfies Attempt),
    )
  }

  /** Lends one of the attacker's leases to `work`. */
  async onLine<T>(work: (client: number) => Promise<T>): Promise<T> {
    const client = this.#lines.pop() ?? ((await lease(this.attacker.client, this.document))[0] as number)
    try {
      return await work(client)
    } finally {
      this.#lines.push(client)
    }
  }

  clock(client: number): number {
    return Y.getState(this.victim.doc.store, client)
  }

  entry(): Y.Map<unknown> {
    return this.victim.doc.getMap('annotations').get(this.target) as Y.Map<unknown>
  }

  /** Id of the block that holds a field of the target; of the target itself without one. */
  idOf(field?: string): Id {
    const item = field === undefined ? this.entry()._item : this.entry()._map.get(field)
    if (!item) throw new Error(`the target has no ${field ?? 'block'}`)
    return [item.id.client, item.id.clock]
  }

  /** Somewhere in what the victim has made, or beside it: fields, vertices, letters, new entries. */
  place(random: Random, client: number): Omit<Block, 'content'> {
    const text = this.idOf('reasoning')
    return random.pick<() => Omit<Block, 'content'>>([
      () => ({
        parent: random.pick(['annotations', 'threads', 'comments', 'decisions', 'dissents']),
        sub: `${client}-${suffixOf(random)}`,
      }),
      () => ({ origin: this.idOf('label') }),
      () => ({ parent: this.idOf(), sub: random.pick(['label', 'confidence', 'retired', 'kind']) }),
      () => ({ parent: this.idOf('vertices'), sub: 'a5' }),
      () => ({ origin: [text[0], text[1] + 1] }),
      () => ({ parent: text }),
    ])()
  }

  /**
   * The attacker does what they may (a comment, or what `make` makes of their clock): shows that an update of theirs is taken where nothing is
   * wrong with it, and so that what is refused is refused for its fault.
   */
  async control(make: (clock: number) => Uint8Array = (clock) => this.#honest(clock)): Promise<string[]> {
    const clock = this.clock(this.own)
    const ending = await this.attack(make(clock))
    this.#allowed++
    if (ending.how !== 'taken') return [`the attacker's honest change was ${told(ending)}`]
    await until('the victim to see it', () => this.clock(this.own) > clock)
    return []
  }

  #honest(clock: number): Uint8Array {
    return forge([{ client: this.own, clock, blocks: commentBlocks(this, new Random(clock)) }])
  }

  /** The victim works on, and it is acknowledged and seen. */
  async victimWorks(n: number): Promise<void> {
    setConfidence(this.victim.doc, this.target, n % 101)
    await this.victim.saved()
  }

  /** What is wrong after an attack; nothing where it left no trace. */
  async quiet(): Promise<string[]> {
    const rows = await journalOf(this.ward, this.document)
    const written = editsOf(rows, this.attacker.id).length
    const wrong = await this.trouble()
    if (written !== this.#allowed)
      wrong.push(`${written - this.#allowed} rows by the attacker stand in the journal`)
    return wrong
  }

  /** What is wrong with the victim, the document and its journal. */
  async trouble(): Promise<string[]> {
    const { victim, witness, ward, document, target } = this
    const wrong: string[] = []
    await this.victimWorks(7)
    await this.victimWorks(93)
    await until('the witness to see the victim at work', () => confidenceOf(witness.doc, target) === 93)
    if (victim.refusals.length > 0 || victim.out !== null || victim.closed !== null)
      wrong.push(`the victim was turned out: ${victim.refusals} ${victim.out} ${victim.closed?.code}`)
    const fresh = await Peer.open(ward.lindqvist, document, { client: null })
    if (fresh.doc.store.pendingStructs || fresh.doc.store.pendingDs) wrong.push('the document has a hole')
    for (const [who, doc] of [['the witness', witness.doc] as const, ['a newcomer', fresh.doc] as const])
      if (plain(doc) !== plain(victim.doc)) wrong.push(`${who} sees another document than the victim`)
    const chain = await ward.okafor.get<{ ok: boolean }>(`/documents/${document}/chain`)
    if (!chain.ok) wrong.push('the chain is broken')
    fresh.disconnect()
    return wrong
  }

  close(): void {
    this.victim.disconnect()
    this.witness.disconnect()
  }
}

/** A comment without a fault, as blocks, under the attacker's own clientID or another: the entry, its thread, its text, its time. */
export function commentBlocks(scene: Scene, random: Random, client = scene.own): Block[] {
  const { thread } = scene
  const parent: Id = [client, scene.clock(client)]
  return [
    { parent: 'comments', sub: `${client}-${suffixOf(random)}`, content: content.type('map') },
    { parent, sub: 'thread', content: content.any(thread) },
    { parent, sub: 'text', content: content.any('an honest word') },
    { parent, sub: 'writtenAt', content: content.any(Date.now()) },
  ]
}

/** The second half of an entry's key. */
export const suffixOf = (random: Random): string =>
  Math.floor(random.next() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')

export const told = ({ how, code }: Ending): string => `${how}${code === null ? '' : ` (${code})`}`

const confidenceOf = (doc: Y.Doc, id: string): unknown =>
  (doc.getMap('annotations').get(id) as Y.Map<unknown> | undefined)?.get('confidence')

/** The whole document, keys in order. */
export const plain = (doc: Y.Doc): string =>
  JSON.stringify(
    ['annotations', 'threads', 'comments', 'decisions', 'dissents'].map((root) =>
      sorted(doc.getMap(root).toJSON()),
    ),
  )

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** Work of many, at most `lanes` at a time, each getting its number. */
export async function inLanes(
  count: number,
  lanes: number,
  work: (n: number) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(lanes, count) }, async () => {
      while (next < count) await work(next++)
    }),
  )
}
