/**
 * Sends a folder's files to Orthanc, each as the body of one POST or several in a zip archive (stored), over so many connections that are
 * kept open; a process of its own, so that whoever measures is not kept busy. Arguments: the folder, then JSON of `Sending`. Answers with
 * the ms that it took.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { zipBytes } from '../../../apps/collab-server/src/testing/zip.ts'

export interface Sending {
  readonly url: string
  readonly connections: number
  /** Files in one request. */
  readonly together: number
}

const [folder = '', json = '{}'] = process.argv.slice(2)
const { url, connections, together } = JSON.parse(json) as Sending
const names = readdirSync(folder).sort()
const agent = new Agent({ keepAlive: true, maxSockets: connections })

const read = (name: string): Buffer => readFileSync(join(folder, name))

function post(some: readonly string[]): Promise<void> {
  const [first = ''] = some
  const isOne = some.length === 1
  const body = isOne ? read(first) : zipBytes(some.map((name) => ({ name, bytes: read(name) })))
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      agent,
      headers: {
        'content-type': isOne ? 'application/dicom' : 'application/zip',
        'content-length': body.length,
      },
    })
    asked.on('error', reject)
    asked.on('response', (answer) => {
      answer.on('end', resolve).resume()
      if (answer.statusCode !== 200) reject(new Error(`${first} was answered with ${answer.statusCode}`))
    })
    asked.end(body)
  })
}

async function send(): Promise<number> {
  const queue = [...names]
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (queue.length > 0) await post(queue.splice(0, together))
    }),
  )
  return performance.now() - begun
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
