/** This server as it is shipped, in a process that can also be asked how long its event loop stood still, and what an answer takes inside it. */
import { readConfig } from '../../../apps/collab-server/src/config.ts'
import { openLog } from '../../../apps/collab-server/src/log.ts'
import { startServer } from '../../../apps/collab-server/src/server.ts'
import { type AskedInside, createInside } from './inside.ts'
import { watchTurns } from './turns.ts'

const config = readConfig()
const { close, services } = await startServer(config, openLog(config))
const inside = createInside(services)
const turns = watchTurns()
const end = (): void => void close().then(() => process.exit(0))

process.on('SIGTERM', end)
// A run that was cut short leaves no server behind.
process.on('disconnect', end)
type Message = { readonly ask: 'turns' | 'cpu' } | ({ readonly ask: 'blame' } & AskedInside)
process.on('message', async (message: Message) => {
  const { ask } = message
  if (ask === 'turns') process.send?.({ turns: turns() })
  if (ask === 'cpu') process.send?.({ cpu: process.cpuUsage() })
  if (ask === 'blame') process.send?.({ blame: await inside(message) })
})
process.send?.({ ready: true })
