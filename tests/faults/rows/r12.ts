import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Link } from '../../../apps/cli/src/link.ts'
import { verifyServer } from '../../../apps/cli/src/verify/ofServer.ts'
import { evidence, journal } from '../../../apps/cli/src/verify/overTheWire.ts'
import { linesOf } from '../../../apps/cli/src/verify/verify.mjs'
import { ACTS } from '../../../packages/contract/src/revisions.ts'
import { consilium, type Ended } from '../../support/consilium.ts'
import { Client, type ServerProcess, startServerProcess } from '../../support/server.ts'
import { until } from '../../wire/page.ts'
import { Editors } from '../editor.ts'
import { type Fault, Random, type Summary, type Trial, tell } from '../fault.ts'
import { finish } from '../finish.ts'
import { Installation } from '../installation.ts'
import { judge, type Ledger, type StoredRow } from '../ledger.ts'
import { percentile } from '../percentiles.ts'

const EDITORS = 20

interface Head {
  readonly n: number
  readonly hash: string
  readonly fingerprint: string
}

const summary: Summary = (trials) => {
  const of = (name: string): number[] => trials.map((trial) => trial[name] ?? Number.NaN)
  const sum = (name: string): number => of(name).reduce((all, one) => all + one, 0)
  return {
    'edits acknowledged before': sum('before'),
    'of these lost': sum('lost'),
    'acknowledged while the backup was made': sum('meanwhile'),
    'backup with the start of the program, p50 ms': Math.round(percentile(of('backupMs'), 0.5)),
    'longest silence for all people meanwhile, ms': Math.round(Math.max(...of('silenceMs'))),
    'restore with everything verified, p50 ms': Math.round(percentile(of('restoreMs'), 0.5)),
  }
}

export const fault: Fault = {
  id: 'R12',
  fault: `a backup is taken of a running server while ${EDITORS} people edit, with "consilium backup"; it is put back elsewhere with "consilium restore", and a server is started there`,
  must: 'the restored server verifies to the signed head that the backup named, against the key and the checkpoints of the first server; everything that was acknowledged before the backup was asked for is there, and nothing that the first server does not have; people go on in both, and meanwhile',
  trials: { short: 1, full: 20 },
  async run(trials, seed) {
    const failures: string[] = []
    const each: Trial[] = []
    const installation = await Installation.make({ documents: trials })
    try {
      await installation.start()
      for (let trial = 0; trial < trials; trial++) {
        const place = new Place(installation, trial)
        const found = await place.run(new Random(seed + trial)).finally(() => place.clear())
        failures.push(...found.failures.map((what) => `seed ${seed + trial}: ${what}`))
        each.push(found.figures)
        tell(
          `${trial + 1} of ${trials}: ${summary(each)['edits acknowledged before']} edits before, ${failures.length} failures`,
        )
      }
    } finally {
      await installation.close()
    }
    return { trials, failures, figures: summary(each), each }
  },
  summary,
}

class Place {
  readonly #installation: Installation
  readonly #document: string
  readonly #file: string
  readonly #data: string
  readonly #failures: string[] = []
  #elsewhere: ServerProcess | null = null

  constructor(installation: Installation, trial: number) {
    this.#installation = installation
    this.#document = installation.documents[trial] as string
    this.#file = join(installation.data, '..', `${trial}.backup`)
    this.#data = join(installation.data, '..', `restored-${trial}`)
  }

  async run(random: Random) {
    const { server } = this.#installation
    const editors = await Editors.open(await this.#installation.people(), this.#document, EDITORS)
    editors.work(random)
    await until('everybody to be answered', () => editors.all.every(({ confirmed }) => confirmed.length > 0))
    await sleep(random.between(200, 2_000))

    const before = editors.all.map(whatWasTold)
    const began = performance.now()
    const head = await this.#backup(server)
    const ended = performance.now()
    const told = editors.all
      .flatMap(({ toldAt }) => toldAt.filter((at) => at > began && at < ended))
      .sort((a, b) => a - b)
    if (told.length === 0) this.#failures.push('nobody was acknowledged anything while the backup was made')
    await sleep(random.between(0, 500))

    const restoreBegan = performance.now()
    await this.#ran(
      consilium(
        ['restore', this.#file, '--keys', `${this.#file}.keys`, '--data', this.#data].concat([
          '--head',
          head.hash,
          '--fingerprint',
          head.fingerprint,
        ]),
      ),
    )
    const restoreMs = performance.now() - restoreBegan
    // They rest while it is verified: the more there is to verify the longer it takes, and the more there would be.
    await editors.rest()
    const lost = await this.#verify(head, before)
    for (const editor of editors.all) editor.act(random)
    const end = await finish(this.#installation, this.#document, editors)
    for (const what of [...end.judgement.lost, ...end.judgement.broken, ...end.faults])
      this.#failures.push(`on the first server: ${what}`)
    editors.close()
    return {
      failures: this.#failures,
      figures: {
        before: before.reduce((sum, { acts, acknowledged }) => sum + count(acts, acknowledged), 0),
        lost,
        meanwhile: told.length,
        backupMs: Math.round(ended - began),
        restoreMs: Math.round(restoreMs),
        silenceMs: Math.round(Math.max(...[...told, ended].map((at, n) => at - (told[n - 1] ?? began)))),
      },
    }
  }

  async #backup({ port, data }: ServerProcess): Promise<Head> {
    const said = await this.#ran(
      consilium(['backup', this.#file, '--keys', `${this.#file}.keys`, '--json'], {
        PORT: String(port),
        CONSILIUM_DATA: data,
      }),
    )
    return (JSON.parse(said) as { head: Head }).head
  }

  async #ran(command: Promise<Ended>): Promise<string> {
    const { code, stdout, stderr } = await command
    if (code !== 0) throw new Error(`a command ended with ${code}: ${stderr}`)
    return stdout
  }

  /** How many edits are lost that were acknowledged before. */
  async #verify(head: Head, before: readonly Ledger[]): Promise<number> {
    this.#elsewhere = await startServerProcess({ data: this.#data, demo: true })
    const link = linkTo(this.#elsewhere)
    const name = this.#document
    const report = await verifyServer(link, null, { key: head.fingerprint, witness: this.#published(head.n) })
    for (const { document, what } of report.faults) this.#failures.push(`restored, ${document}: ${what}`)
    const rows = await rowsOf(link, name)
    const first = await rowsOf(linkTo(this.#installation.server), name)
    if (rows.some(({ hash }, n) => hash !== first[n]?.hash))
      this.#failures.push('the restored server has rows that the first one does not have')
    const { lost, doubled, broken } = judge(rows, before)
    this.#failures.push(...[...lost, ...doubled, ...broken].map((what) => `restored: ${what}`))

    const person = new Client(this.#elsewhere.url)
    await person.signIn('okafor')
    const fresh = await Editors.open([person], name, 1)
    fresh.close()
    if ((await rowsOf(link, name)).length <= rows.length)
      this.#failures.push('nobody can go on with what was restored')
    return lost.length
  }

  /** The first server's checkpoints up to a number, as somebody kept them. */
  async *#published(n: number) {
    for await (const one of linesOf(join(this.#installation.data, 'checkpoints.log')))
      if (one.n <= n) yield one
  }

  async clear(): Promise<void> {
    await this.#elsewhere?.kill('SIGTERM')
    for (const path of [this.#file, `${this.#file}.keys`, this.#data])
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
  }
}

const count = (acts: Ledger['acts'], acknowledged: number): number =>
  acts.filter(({ until }) => until <= acknowledged).length

const whatWasTold = ({ client, acts, acknowledged, confirmed }: Ledger): Ledger => ({
  client,
  acts: [...acts],
  acknowledged,
  confirmed: [...confirmed],
})

const linkTo = ({ url, data }: ServerProcess): Link =>
  new Link({ server: url, token: readFileSync(join(data, 'admin-token'), 'utf8').trim() }, {})

async function rowsOf(link: Link, document: string): Promise<StoredRow[]> {
  const about = await evidence(link, document)
  const rows: StoredRow[] = []
  for await (const { seq, hash, act, bytes } of journal(link, document, about?.document.seq ?? 0))
    rows.push({ seq, hash, edit: act === ACTS.edit, bytes: Buffer.from(bytes, 'base64'), created: [] })
  return rows
}
