/** This server as it is shipped, in a process that can be asked how long its event loop stood still. */
import { readConfig } from '../../../apps/collab-server/src/config.ts'
import { openLog } from '../../../apps/collab-server/src/log.ts'
import { startServer } from '../../../apps/collab-server/src/server.ts'
import { watchTurns } from './turns.ts'

const config = readConfig()
const { close } = await startServer(config, openLog(config))
const turns = watchTurns()
const end = (): void => void close().then(() => process.exit(0))

process.on('SIGTERM', end)
// A run that was cut short leaves no server behind.
process.on('disconnect', end)
process.on('message', ({ ask }: { ask?: string }) => {
  if (ask === 'turns') process.send?.({ turns: turns() })
  if (ask === 'cpu') process.send?.({ cpu: process.cpuUsage() })
})
process.send?.({ ready: true })
