/**
 * Sends a folder's files as `consilium import` does, by its own code: hashed, asked for, and many of them in one request, over so many
 * connections. A process of its own, like send.ts. Arguments: the folder, then JSON of `OurSending`. Answers with the ms that it took.
 */
import { findFiles } from '../../../apps/cli/src/files.ts'
import { sendAll } from '../../../apps/cli/src/import/sending.ts'
import { Link } from '../../../apps/cli/src/link.ts'

export interface OurSending {
  readonly server: string
  readonly token: string
  readonly importId: string
  readonly connections: number
}

const [folder = '', json = '{}'] = process.argv.slice(2)
const { server, token, importId, connections } = JSON.parse(json) as OurSending

async function send(): Promise<number> {
  const { files } = await findFiles([folder])
  const begun = performance.now()
  const answers = await sendAll(new Link({ server, token }), importId, files, () => undefined, connections)
  const taken = performance.now() - begun
  const other = answers.find(({ status }) => status !== 'stored')
  if (other) throw new Error(`${other.name} was ${other.status}: ${other.reason}`)
  return taken
}

process.send?.({ ready: true })
process.on('message', async ({ ask }: { ask?: string }) => {
  if (ask !== 'sent') return
  try {
    process.send?.({ sent: await send() })
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
})
