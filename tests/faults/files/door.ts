/** A server of one's own to bring files to, as a page would, and what is left of them in its folder once it has stopped. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileAnswer, Import } from '@consilium/contract/studies'
import { unpacked } from '../../import/blobs.ts'
import { projectOf, type SentFile, send } from '../../import/door.ts'
import { Client, type ServerProcess, startServerProcess, temporaryFolder } from '../../support/server.ts'
import { memoryOf, peakOf } from '../wire/memory.ts'

type Folder = ReturnType<typeof temporaryFolder>

export class Door {
  readonly server: ServerProcess
  readonly person: Client
  readonly #folder: Folder
  readonly #memory: number

  private constructor(folder: Folder, server: ServerProcess, person: Client) {
    this.#folder = folder
    this.server = server
    this.person = person
    this.#memory = memoryOf(server.pid)
  }

  static async open(): Promise<Door> {
    const folder = temporaryFolder('consilium-fault')
    const server = await startServerProcess({ data: join(folder.path, 'data'), demo: true })
    const person = new Client(server.url)
    await person.signIn('vasquez')
    return new Door(folder, server, person)
  }

  /** One import of these files. */
  async bring(files: readonly SentFile[]): Promise<{ answers: FileAnswer[]; done: Import }> {
    const { id } = await this.person.post<Import>(
      `/projects/${(await projectOf(this.person)).id}/imports`,
      {},
    )
    const answers: FileAnswer[] = []
    for (const file of files) answers.push((await send(this.person, id, file)) as FileAnswer)
    return { answers, done: await this.person.post<Import>(`/imports/${id}/finish`, {}) }
  }

  /** MiB beyond what it had when it was started. */
  get grown(): number {
    return peakOf(this.server.pid) - this.#memory
  }

  get folder(): string {
    return this.#folder.path
  }

  /** Stops the server; afterwards only its folder is here. */
  stop(): Promise<unknown> {
    return this.server.kill('SIGTERM')
  }

  /** Every file of the stopped data folder; pictures unpacked as well. */
  *kept(): Generator<{ readonly path: string; readonly bytes: Buffer }> {
    for (const entry of readdirSync(this.#folder.path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      yield { path, bytes }
      if (/\/frames\/[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path))
        yield { path: `${path}, unpacked`, bytes: unpacked(bytes) }
    }
  }

  remove(): void {
    this.#folder.remove()
  }
}
