/** Edits that a server had acknowledged and that are gone after SIGKILL. */
import { type Goal, goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import { connect } from '../clients.ts'
import type { Running } from '../target.ts'
import { TARGETS } from '../targets.ts'
import type { Part } from './part.ts'
import { ownShapes, pause, until } from './shapes.ts'

const EDITS = 300

async function afterKill(server: Running): Promise<{ acknowledged: boolean; kept: number }> {
  const document = await server.freshDocument()
  const writer = await connect(server.access, document)
  const ids: string[] = []
  for (let n = 0; n < EDITS; n++) {
    ids.push(...ownShapes(writer.doc, 1).ids)
    await pause(2)
  }
  const acknowledged = writer.unacknowledged() !== null
  if (acknowledged) await until(() => writer.unacknowledged() === 0, 20_000)
  else await pause(200)
  writer.close()
  await server.crash()
  const reader = await connect(server.access, document)
  await pause(200)
  const there = reader.doc.getMap('annotations')
  const kept = ids.filter((id) => there.has(id)).length
  reader.close()
  return { acknowledged, kept }
}

export const kill: Part = {
  name: 'kill',
  title: 'SIGKILL right after the last acknowledgement',
  async run() {
    const rows: Row[] = []
    const goals: Goal[] = []
    for (const target of TARGETS) {
      const server = await target.start()
      try {
        const { acknowledged, kept } = await afterKill(server)
        rows.push({
          server: target.name,
          sent: EDITS,
          acknowledged: acknowledged ? EDITS : 'none, ever',
          'on disk after SIGKILL': kept,
          'acknowledged and lost': acknowledged ? EDITS - kept : null,
        })
        if (server.access.kind === 'consilium')
          goals.push(goal('acknowledged and lost', EDITS - kept, '<=', 0))
      } finally {
        await server.close()
      }
    }
    return { rows, goals }
  },
}
