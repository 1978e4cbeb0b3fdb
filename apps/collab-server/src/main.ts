/** Reads the settings, opens the doors, tells whoever started it what to do next, and closes the doors when asked to. Nothing else. */
import { readConfig } from './config.ts'
import { listenToConsole, openLog } from './log.ts'
import { DEMO_PASSWORD, demoPeople } from './projects/demo.ts'
import { type RunningServer, startServer } from './server.ts'
import { StartupError } from './startupError.ts'

/** After this the process ends whatever is still open; whoever supervises it waits about as long. */
const STOP_WITHIN_MS = 9_500

/** A signal to the whole process group reaches us twice, once through our parent: that is not impatience. */
const SAME_REQUEST_MS = 1_000

let running: RunningServer | null = null
let stoppingSince: number | null = null

function stop(signal: NodeJS.Signals): void {
  const now = performance.now()
  if (stoppingSince !== null) {
    if (now - stoppingSince > SAME_REQUEST_MS) process.exit(1)
    return
  }
  stoppingSince = now
  console.log(
    `\n${signal === 'SIGINT' ? 'Stopping' : 'Asked to stop'}; everything acknowledged is on disk. Once more to end at once.`,
  )
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  if (!running) process.exit(0) // still starting: nothing was accepted yet
  running.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
}

try {
  const config = readConfig()
  const log = openLog(config)
  listenToConsole(log)
  // One broken request must not end everybody's session: it is written down, and the server goes on. An exception outside of any
  // request leaves the process in a state that nobody knows; then it ends, and whoever supervises it starts it again.
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'a promise was rejected and nobody looked'),
  )
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an exception nobody caught')
    process.exit(1)
  })
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  running = await startServer(config, log)
  await greet(running)
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function greet({ url, firstAdminUrl, services }: RunningServer): Promise<void> {
  const lines = ['', `Consilium is ready: ${url}`, `Data folder: ${services.config.data}`]
  const demo = await demoPeople(services)
  if (demo.length > 0) {
    lines.push('', 'Demo: sign in as one of these with a click on the page, or by name and password.')
    for (const { person, role } of demo)
      lines.push(`  ${person.name.padEnd(18)} ${role.padEnd(12)} ${person.login} / ${DEMO_PASSWORD}`)
    lines.push('  CONSILIUM_DEMO=0 keeps everybody out of the demo accounts.')
  }
  if (firstAdminUrl !== null)
    lines.push('', 'Make the first administrator (the link works once):', `  ${firstAdminUrl}`)
  if (!services.db.durable.ok)
    lines.push(
      '',
      'WARNING: this PostgreSQL does not write commits to disk (fsync or synchronous_commit is off). What people do can be lost with the power, so no page says "saved".',
    )
  if (
    !['127.0.0.1', 'localhost', '::1'].includes(services.config.host) &&
    services.config.origins.length === 0
  )
    lines.push(
      '',
      'Open to the network, but only opened at localhost: set CONSILIUM_ORIGIN to the address people use, like http://192.0.2.7:4000.',
    )
  console.log(`${lines.join('\n')}\n`)
}
