/** Both servers, each on a folder of its own and on loopback: Orthanc as Debian packs it, which stores a file without decoding it, and this one as it is shipped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Import } from '@consilium/contract/studies'
import { projectOf } from '../../import/door.ts'
import { Client, startServerProcess, temporaryFolder } from '../../support/server.ts'
import { ended, freePort, startScript } from '../collab/target.ts'
import type { Sending } from './send.ts'
import type { OurSending } from './sendOurs.ts'

export interface Opened {
  /** A process that sends this folder when it is asked to. */
  sender(folder: string, connections: number): Promise<ChildProcess>
  /** Makes a study of what was sent; throws where that is not as many pictures. */
  finish(expected: number): Promise<void>
}

export interface Served {
  readonly pid: number
  /** Where files go from now on. */
  open(): Promise<Opened>
  close(): Promise<void>
}

export interface Server {
  readonly name: string
  start(): Promise<Served>
}

const ORTHANC = '/usr/sbin/Orthanc'
/** Over one connection Orthanc takes files in archives somewhat faster (1.1 to 1.3 times), over several it does not. */
const IN_AN_ARCHIVE = 16

/** Its version, or a sentence that says how to come by it. */
export function orthancVersion(): string {
  if (!existsSync(ORTHANC))
    throw new Error('This benchmark runs beside Orthanc: apt-get install -y orthanc (Debian), then again.')
  return /Orthanc (\d\S*)/.exec(execFileSync(ORTHANC, ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown'
}

export const orthanc: Server = {
  name: 'Orthanc',
  async start() {
    const folder = temporaryFolder('bench-orthanc')
    const port = await freePort()
    const config = join(folder.path, 'orthanc.json')
    const storage = join(folder.path, 'storage')
    writeFileSync(
      config,
      JSON.stringify({
        Name: 'bench',
        HttpPort: port,
        HttpVerboseErrors: false,
        DicomServerEnabled: false,
        RemoteAccessAllowed: false,
        AuthenticationEnabled: false,
        StorageDirectory: storage,
        IndexDirectory: storage,
        Plugins: [],
      }),
    )
    const child: ChildProcess = spawn(ORTHANC, [config], { stdio: 'ignore' })
    const url = `http://127.0.0.1:${port}`
    await ready(`${url}/system`, child)
    return {
      pid: child.pid as number,
      open: async () => ({
        sender: (from, connections) => {
          const together = connections === 1 ? IN_AN_ARCHIVE : 1
          const sending: Sending = { url: `${url}/instances`, connections, together }
          return startScript(script('send'), {}, [from, JSON.stringify(sending)])
        },
        finish: async (expected) => {
          const { CountInstances } = (await (await fetch(`${url}/statistics`)).json()) as {
            CountInstances: number
          }
          if (CountInstances < expected) throw new Error(`Orthanc has ${CountInstances} of ${expected} files`)
        },
      }),
      async close() {
        await ended(child, 'SIGTERM')
        folder.remove()
      },
    }
  },
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  while (
    !(await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`Orthanc ended with ${child.exitCode}`)
    await sleep(50)
  }
}

/** A new import of this person's. */
export async function importOf(person: Client): Promise<Opened> {
  const { id } = await person.post<Import>(`/projects/${(await projectOf(person)).id}/imports`, {})
  const { secret: token } = await person.post<{ secret: string }>('/tokens', { title: 'benchmark' })
  return {
    sender: (from, connections) => {
      const sending: OurSending = { server: person.url, token, importId: id, connections }
      return startScript(script('sendOurs'), {}, [from, JSON.stringify(sending)])
    },
    finish: async (expected) => {
      const done = await person.post<Import>(`/imports/${id}/finish`, {})
      const frames = done.series.reduce((sum, one) => sum + one.frames, 0)
      if (frames !== expected) throw new Error(`the import brought ${frames} of ${expected} slices`)
    },
  }
}

export const ours: Server = {
  name: 'Consilium',
  async start() {
    const folder = temporaryFolder('bench')
    const server = await startServerProcess({ data: join(folder.path, 'data'), demo: true, ownCluster: true })
    const person = new Client(server.url)
    await person.signIn('vasquez')
    return {
      pid: server.pid,
      open: () => importOf(person),
      async close() {
        await server.kill('SIGTERM')
        folder.remove()
      },
    }
  },
}

export const SERVERS = [orthanc, ours] as const

export const script = (name: string): string => fileURLToPath(new URL(`./${name}.ts`, import.meta.url))

/** What the kernel says of a machine's disk matters here as nowhere else: where the data folders are. */
export const fileSystemOf = (path: string): string => {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, at = '']) => path === at || path.startsWith(at.endsWith('/') ? at : `${at}/`))
  return mounts.sort((a, b) => (a[1]?.length ?? 0) - (b[1]?.length ?? 0)).at(-1)?.[2] ?? 'unknown'
}
