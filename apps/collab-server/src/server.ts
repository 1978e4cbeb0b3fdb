/**
 * The one process: takes the data folder, listens, opens the database, builds every part once and joins them; and takes all that apart
 * again in the order that loses nothing. While it starts or stops, everything but the two health addresses answers 503.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { REFUSALS } from '@consilium/contract/refusals'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './api/app.ts'
import { createAudit } from './audit/audit.ts'
import { mustBeFinished } from './backup/unfinished.ts'
import type { Config } from './config.ts'
import { lockFolder } from './db/folderLock.ts'
import { type Database, openDatabase } from './db/open.ts'
import { importDemo } from './demo/study.ts'
import { answerHealth, readiness, type Stage, send } from './health.ts'
import { createJournal } from './journal/journal.ts'
import { createLine } from './journal/line.ts'
import { createVault, instanceKeyOf } from './journal/sealing.ts'
import { signingKeysOf } from './ledger/keys.ts'
import { openLedger } from './ledger/ledger.ts'
import { openWitnesses } from './ledger/witnesses.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { notice } from './notice.ts'
import { createPeople } from './people/accounts.ts'
import { createErasing } from './people/erasing.ts'
import { createFirstAdmin } from './people/firstAdmin.ts'
import { createIdentities } from './people/identities.ts'
import { sealWhatIsInClear } from './people/inClear.ts'
import { createMemberships, type MembershipChange } from './people/memberships.ts'
import { createSessions, type Ended } from './people/sessions.ts'
import { createTokens, keepAdminToken } from './people/tokens.ts'
import { createTries } from './people/tries.ts'
import { createWhoIs } from './people/whoIs.ts'
import { makeDemo } from './projects/demo.ts'
import { createPriors, type PriorChange } from './projects/priors.ts'
import { createProjects, type PhaseChange } from './projects/projects.ts'
import { createRedactions } from './revisions/redactions.ts'
import { createRoom } from './room/room.ts'
import type { Services } from './services.ts'
import { siteOf } from './site.ts'
import { StartupError } from './startupError.ts'
import { createStudies } from './studies/studies.ts'
import { admitUpgrade } from './upgrade.ts'

export interface RunningServer {
  readonly port: number
  /** Address for people, without a slash at its end. */
  readonly url: string
  readonly services: Services
  /** One-time link for the first administrator; null where there is one. */
  readonly firstAdminUrl: string | null
  close(): Promise<void>
}

/** How long requests that are being answered may take when we stop. */
const LAST_ANSWERS_MS = 2_000
/** A request's head, and all of it, must have arrived by then (a gigabyte on a slow line takes its time). */
const HEADERS_MS = 10_000
const REQUEST_MS = 30 * 60_000
/** How often it is looked whether one is late. */
const LATE_EVERY_MS = 2_000

export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  openFolder(config.data)
  mustBeFinished(config.data)
  const lock = lockFolder(config.data)
  const closing: (() => Promise<unknown> | unknown)[] = [() => lock.release()]
  /** Last opened, first closed. A part that cannot close must not keep the others from it. */
  async function closeAll(): Promise<void> {
    for (const close of closing.splice(0).reverse()) {
      try {
        await close()
      } catch (error) {
        log.error({ err: error }, 'a part of the server did not close')
      }
    }
  }

  try {
    let stage: Stage = 'starting'
    let db: Database | null = null
    let answer: ((request: IncomingMessage, response: ServerResponse) => unknown) | null = null
    let services: Services | null = null
    const http = createServer(
      {
        headersTimeout: HEADERS_MS,
        requestTimeout: REQUEST_MS,
        connectionsCheckingInterval: LATE_EVERY_MS,
      },
      (request, response) => {
        if (answerHealth(request, response, () => readiness(stage, db, services?.journal ?? null))) return
        if (stage !== 'ready' || !answer) return notReady(response)
        answer(request, response)
      },
    )
    http.on('upgrade', (request, socket, head) => {
      socket.on('error', (error) => log.debug({ err: error }, 'a socket broke before it was open'))
      if (stage === 'ready' && services) admitUpgrade(services, request, socket, head)
      else refuseSocket(socket)
    })
    const port = await listen(http, config)
    const stopHttp = stopListening(http)
    closing.push(stopHttp)

    db = await openDatabase(config, log)
    const database = db
    closing.push(() => database.close())
    services = await build(config, log, db, port, stopHttp, closing)
    await services.erasing.resume()
    await makeDemo(services)
    await keepAdminToken(config.data, services.people, services.tokens)
    const key = await services.firstAdmin.newKey()
    answer = getRequestListener(createApp(services).fetch)
    stage = 'ready'
    services.journal.readBack.begin()
    const parts = services
    parts.studies.whileOpen(() => importDemo(parts))
    const { url } = services.site
    log.info({ port, database: db.embedded ? 'embedded' : 'external', durable: db.durable.ok }, 'ready')

    let closed: Promise<void> | null = null
    return {
      port,
      url,
      services,
      firstAdminUrl: key === null ? null : `${url}/first-admin?key=${key}`,
      close: () => {
        stage = 'stopping'
        if (http.listening) http.close()
        closed ??= closeAll()
        return closed
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Every part, once, each with what it needs; `closing` gets how each is closed. */
async function build(
  config: Config,
  log: Log,
  db: Database,
  port: number,
  stopHttp: () => Promise<void>,
  closing: (() => unknown)[],
): Promise<Services> {
  const site = siteOf(config, port)
  const metrics = createMetrics(log)
  closing.push(() => metrics.close())
  const ended = notice<Ended>(log)
  const instanceKey = instanceKeyOf(config.data, config.instanceKey ?? undefined)
  const vault = createVault(db.sql, instanceKey)
  if (!(await vault.fits()))
    throw new StartupError(
      'The instance key is another one than that under which the people of this database are sealed: nobody could sign in, nor be named. ' +
        `Put back ${config.instanceKey === null ? join(config.data, 'instance.key') : 'CONSILIUM_INSTANCE_KEY'} from the backup of secrets.`,
    )
  const identities = createIdentities(vault, instanceKey)
  await sealWhatIsInClear(db, identities)
  const people = createPeople(db, identities)
  const sessions = createSessions(db, identities, ended, log, site.secure)
  closing.push(() => sessions.close())
  const tokens = createTokens(db, identities, ended)
  const memberships = createMemberships(db, identities, notice<MembershipChange>(log))
  const projects = createProjects(db, notice<PhaseChange>(log))
  const priors = createPriors(db, projects, notice<PriorChange>(log))
  const { data: folder, checkpointKeys, witnessFolder, witnessUrl } = config
  const ledger = await openLedger({
    sql: db.sql,
    log,
    metrics,
    folder,
    keys: signingKeysOf(folder, checkpointKeys),
    witnesses: openWitnesses({ log, metrics, folder, witnessFolder, witnessUrl }),
  })
  closing.push(() => ledger.close())
  const journal = createJournal({
    sql: db.sql,
    log,
    metrics,
    instanceKey,
    connect: db.dedicated,
    durability: db.durability,
    ledger,
  })
  closing.push(() => journal.close())
  const line = createLine(db.sql, db.dedicated, log)
  const audit = createAudit({ line, vault: journal.vault, ledger, log, metrics })
  closing.push(() => audit.close())
  const redactions = createRedactions({ db, journal, log })
  closing.push(() => redactions.close())
  await redactions.finish()
  const { traffic } = journal
  const studies = await createStudies({ config, log, db, projects, instanceKey, traffic })
  closing.push(() => studies.close())
  // Sockets are told first, then requests under way get their answers, and only then what they need is closed.
  closing.push(stopHttp)
  const whoIs = createWhoIs(sessions, tokens)
  const room = createRoom({
    config,
    db,
    log,
    metrics,
    journal,
    audit,
    sessions,
    memberships,
    projects,
    priors,
    studies,
    whoIs,
  })
  closing.push(() => room.close())
  const erasing = createErasing({ db, log, identities, memberships, journal, ended })
  closing.push(() => erasing.close())
  return {
    config,
    log,
    metrics,
    db,
    site,
    people,
    erasing,
    firstAdmin: createFirstAdmin(db, people),
    sessions,
    tokens,
    tries: createTries(),
    whoIs,
    memberships,
    projects,
    priors,
    journal,
    ledger,
    audit,
    redactions,
    room,
    studies,
  }
}

function openFolder(folder: string): void {
  try {
    // Only the folder itself is closed: the account of the database must be able to pass through those above it.
    mkdirSync(dirname(folder), { recursive: true })
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    throw new StartupError(
      `The data folder ${folder} cannot be made (${(cause as NodeJS.ErrnoException).code}). Set CONSILIUM_DATA to a folder you may write to.`,
      { cause },
    )
  }
}

function listen(http: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} is in use by another program. Stop it, or set PORT to another number.`,
        EACCES: `Port ${port} may not be opened by this user. Set PORT to a number above 1023.`,
        EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
      }
      reject(
        new StartupError(
          why[cause.code ?? ''] ?? `Port ${port} of ${host} cannot be opened: ${cause.message}`,
          { cause },
        ),
      )
    })
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port))
  })
}

/** Lets answers that are under way finish for a moment, then cuts what is left. Asked again, it has nothing to do. */
function stopListening(http: Server): () => Promise<void> {
  const gone = new Promise<void>((resolve) => http.once('close', resolve))
  return async () => {
    if (http.listening) http.close()
    http.closeIdleConnections()
    await Promise.race([gone, sleep(LAST_ANSWERS_MS, undefined, { ref: false })])
    http.closeAllConnections()
  }
}

function notReady(response: ServerResponse): void {
  const { message, next, status } = REFUSALS['not-ready']
  response.setHeader('Retry-After', '2')
  send(response, status, { code: 'not-ready', message, next })
}

function refuseSocket(socket: Duplex): void {
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 2\r\n\r\n')
}
