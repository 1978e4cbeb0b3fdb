import { isDeepStrictEqual } from 'node:util'
import type { Sql } from '../../../apps/collab-server/src/db/open.ts'
import { type StoredSnapshot, unpackSnapshot } from '../../../apps/collab-server/src/journal/snapshots.ts'
import { comment, openThread } from '../../../packages/crdt-schema/src/acts/all.ts'
import { ROOTS } from '../../../packages/crdt-schema/src/documents.ts'
import type { Client } from '../../support/server.ts'
import { openPage, type Page, until } from '../../wire/page.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Installation } from '../installation.ts'
import { percentile } from '../percentiles.ts'

/** Several snapshots, each larger than the one before: the newest and, where both are hit, the one before it. */
const SNAPSHOTS = 3
const BYTES_EACH = 100 * 1024
const COMMENT_BYTES = 4_000

interface Kind {
  readonly what: string
  /** Of another build; that is no damage. */
  readonly foreign?: boolean
  /** It may hit one of the few bits of a packed form that say nothing: what is unpacked is then the same, and sound. */
  readonly spare?: boolean
  /** As it is set in SQL. `byte`: somewhere between, from 0 to below 1. */
  readonly set: (byte: number) => string
}

const flip = (place: string): string => `bytes = set_byte(bytes, ${place}, get_byte(bytes, ${place}) # 64)`
const KINDS: readonly Kind[] = [
  { what: 'a bit of the number of structs', set: () => flip('0') },
  { what: 'a bit of the size', set: () => flip('4') },
  { what: 'a bit of the sum of these', set: () => flip('9') },
  { what: 'a bit of where the packed state begins', set: () => flip('12') },
  {
    what: 'a bit of the packed state',
    spare: true,
    set: (byte) => flip(`16 + floor((octet_length(bytes) - 17) * ${byte})::int`),
  },
  { what: 'its last bit', set: () => flip('octet_length(bytes) - 1') },
  {
    what: 'cut',
    set: (byte) => `bytes = substring(bytes for 13 + floor((octet_length(bytes) - 14) * ${byte})::int)`,
  },
  { what: 'empty', set: () => `bytes = ''` },
  {
    what: 'a bit of the sum of the state',
    set: (byte) =>
      `sha256 = set_bit(sha256, ${Math.floor(byte * 256)}, 1 - get_bit(sha256, ${Math.floor(byte * 256)}))`,
  },
  { what: 'of an older build', foreign: true, set: () => `format = 2, bytes = substring(bytes from 5)` },
  { what: 'of a later build', foreign: true, set: () => 'format = 99' },
]

export const fault: Fault = {
  id: 'R11',
  fault: `a snapshot of a document of ${(SNAPSHOTS * BYTES_EACH) / 1024} KiB is damaged in the database, in each part of it by turns, or replaced by one of an older or later build; every third time the one before it is damaged too. Then somebody opens the document`,
  must: 'they see what the rows say; the snapshot is made anew in its place and is sound; damage raises the alarm (snapshot-damaged), another build does not',
  trials: { short: 3, full: 220 },
  async run(trials, seed) {
    const failures: string[] = []
    const openMs: number[] = []
    const anewMs: number[] = []
    let harmless = 0
    const installation = await Installation.make()
    try {
      await installation.start()
      await installation.database(async (sql) => {
        const record = await Record.make(installation, sql as unknown as Sql)
        for (let trial = 0; trial < trials; trial++) {
          const kind = KINDS[(seed + trial) % KINDS.length] as Kind
          const random = new Random(seed + trial)
          const found = await record.damage(kind, random.next(), trial % 3 === 2)
          failures.push(...found.failures.map((what) => `seed ${seed + trial}, ${kind.what}: ${what}`))
          openMs.push(found.openMs)
          anewMs.push(found.anewMs)
          harmless += found.harmless
          if ((trial + 1) % 20 === 0) tell(`${trial + 1} of ${trials}, ${failures.length} failures`)
        }
      })
    } finally {
      await installation.close()
    }
    return {
      trials,
      failures,
      figures: {
        'kinds of damage': KINDS.length,
        'hits on bits that say nothing': harmless,
        'opened from the rows, p50 ms': Math.round(percentile(openMs, 0.5)),
        'snapshot sound again after, p50 ms': Math.round(percentile(anewMs, 0.5)),
      },
    }
  },
}

const contents = (page: Page): unknown =>
  Object.fromEntries(ROOTS.map((root) => [root, page.doc.getMap(root).toJSON()]))

class Record {
  readonly #installation: Installation
  readonly #sql: Sql
  readonly #person: Client
  readonly #doc: number
  readonly #expected: unknown

  private constructor(installation: Installation, sql: Sql, person: Client, doc: number, expected: unknown) {
    this.#installation = installation
    this.#sql = sql
    this.#person = person
    this.#doc = doc
    this.#expected = expected
  }

  static async make(installation: Installation, sql: Sql): Promise<Record> {
    const [person] = (await installation.people()) as [Client]
    const name = installation.documents[0] as string
    const page = await openPage(person, name)
    const anchor = { series: 'series0000000001', frame: 0, point: [0, 0, 0] as const, annotation: null }
    const thread = openThread(page.doc, { about: 'comment', anchor, reason: '', text: 'notes' })
    const [document] = await sql<{ id: number }[]>`select id from document where name = ${name}`
    const doc = document?.id as number
    const count = async () => (await sql`select 1 from snapshot where doc = ${doc}`).length
    for (let made = 1; made <= SNAPSHOTS; made++) {
      for (let written = 0; written < BYTES_EACH; written += COMMENT_BYTES)
        comment(page.doc, thread, `${made} ${written}`.padEnd(COMMENT_BYTES, 'x'))
      await page.saved()
      // One at a time is made, in the background.
      await until(`snapshot ${made}`, async () => (await count()) >= made)
    }
    const expected = contents(page)
    page.close()
    return new Record(installation, sql, person, doc, expected)
  }

  async damage(kind: Kind, byte: number, both: boolean) {
    const failures: string[] = []
    await this.#away()
    const before = await this.#sound()
    const hit = before.slice(both ? -2 : -1)
    const alarms = await this.#installation.alarms('snapshot-damaged')
    for (const seq of hit)
      await this.#sql.unsafe(
        `update snapshot set ${kind.set(byte)} where doc = ${this.#doc} and seq = ${seq}`,
      )
    const harmless = (await this.#sound()).length - (before.length - hit.length)
    if (harmless > 0 && !kind.spare) failures.push('nothing was damaged')

    const began = performance.now()
    const page = await openPage(this.#person, this.#installation.documents[0] as string)
    const openMs = performance.now() - began
    if (!isDeepStrictEqual(contents(page), this.#expected))
      failures.push(`what was opened is not what the rows say ${page.reasons}`)
    await until('sound snapshots', async () => isDeepStrictEqual(await this.#sound(), before)).catch(() =>
      failures.push('it was not made anew'),
    )
    const anewMs = performance.now() - began
    page.close()
    const raised = (await this.#installation.alarms('snapshot-damaged')) - alarms
    // Whoever else reads it before it is made anew finds it, too.
    if (kind.foreign ? raised > 0 : raised < hit.length - harmless)
      failures.push(`${raised} alarms were raised`)
    return { failures, openMs, anewMs, harmless }
  }

  /** Resolves when nobody has the document open, so that the next has to read it. */
  async #away(): Promise<void> {
    await until('the document to be put away', async () => {
      const said = await this.#installation.metrics()
      return /^consilium_open_documents 0$/m.test(said)
    })
  }

  /** Rows of those that can be used. */
  async #sound(): Promise<number[]> {
    const rows = await this.#sql<(StoredSnapshot & { bytes: Buffer })[]>`
      select seq::int, format, sha256, bytes from snapshot where doc = ${this.#doc} order by seq`
    return rows.filter(isSound).map(({ seq }) => seq)
  }
}

function isSound({ bytes, ...row }: StoredSnapshot & { bytes: Buffer }): boolean {
  try {
    unpackSnapshot({ ...row, pieces: [bytes] })
    return true
  } catch {
    return false
  }
}
