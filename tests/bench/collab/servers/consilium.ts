/** This server as it is shipped, in a process that can be asked for its memory and for fresh cases. */
import { readConfig } from '../../../../apps/collab-server/src/config.ts'
import { openLog } from '../../../../apps/collab-server/src/log.ts'
import { startServer } from '../../../../apps/collab-server/src/server.ts'
import { answerReports } from './report.ts'

const config = readConfig()
const { services, close } = await startServer(config, openLog(config))
const { projects } = services

process.on('SIGTERM', () => close().then(() => process.exit(0)))
process.on('message', async (message: { ask?: string }) => {
  if (message.ask !== 'document') return
  const [project] = await projects.list()
  const { id } = await projects.addCase(project?.id ?? '')
  process.send?.({ document: `panel:${id}` })
})
answerReports()
process.send?.({ ready: true })
