/** Through the front door: how a page brings files in and reads back what became of them. */

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Project } from '@consilium/contract/projects'
import type {
  FileAnswer,
  Import,
  KnownAnswer,
  KnownFile,
  PartAnswer,
  Series,
} from '@consilium/contract/studies'
import { decodeFrames } from '@consilium/imaging/packs'
import { bytesOf } from '@consilium/imaging/samples'
import type { Client } from '../support/server.ts'

export interface SentFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export async function projectOf(client: Client): Promise<Project> {
  const [project] = await client.get<Project[]>('/projects')
  if (!project) throw new Error('this person has no project')
  return project
}

export async function send(client: Client, importId: string, file: SentFile): Promise<FileAnswer> {
  const answer = await fetch(`${client.url}/api/imports/${importId}/files`, {
    method: 'POST',
    headers: { ...client.headers(), 'x-file-name': encodeURIComponent(file.name) },
    body: file.bytes as Uint8Array<ArrayBuffer>,
  })
  if (!answer.ok) throw new Error(`a file was answered with ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as FileAnswer
}

export const sha256Of = ({ bytes }: Pick<SentFile, 'bytes'>): string =>
  createHash('sha256').update(bytes).digest('hex')

export const begin = async (client: Client): Promise<string> =>
  (await client.post<Import>(`/projects/${(await projectOf(client)).id}/imports`, {})).id

export const finish = (client: Client, importId: string): Promise<Import> =>
  client.post<Import>(`/imports/${importId}/finish`, {})

/** What the server says of these files before they are sent. */
export async function ask(
  client: Client,
  importId: string,
  files: readonly Pick<SentFile, 'bytes'>[],
): Promise<KnownFile[]> {
  return (await client.post<KnownAnswer>(`/imports/${importId}/known`, { files: files.map(sha256Of) })).files
}

/** Bytes from `offset` up to `end`, as a part of the file. */
export function sendPart(
  client: Client,
  importId: string,
  file: SentFile,
  { offset, end, sha256 = sha256Of(file) }: { offset: number; end: number; sha256?: string },
): Promise<Response> {
  return fetch(`${client.url}/api/imports/${importId}/parts/${sha256}`, {
    method: 'PUT',
    headers: {
      ...client.headers(),
      'x-file-name': encodeURIComponent(file.name),
      'upload-offset': String(offset),
      'upload-length': String(file.bytes.length),
    },
    body: file.bytes.slice(offset, end) as Uint8Array<ArrayBuffer>,
  })
}

export const partAnswer = async (answer: Response): Promise<PartAnswer> => (await answer.json()) as PartAnswer

/** A few at a time, in the order given. */
export async function importFiles(
  client: Client,
  files: readonly SentFile[],
  project?: string,
): Promise<Import> {
  const into = project ?? (await projectOf(client)).id
  const { id } = await client.post<Import>(`/projects/${into}/imports`, {})
  const queue = [...files]
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let file = queue.shift(); file; file = queue.shift()) await send(client, id, file)
    }),
  )
  return client.post<Import>(`/imports/${id}/finish`, {})
}

/** SHA-256 of every frame's stored values as they come out of the packs. */
export async function hashesFromPacks(
  client: Client,
  series: Series,
  coding = 'zstd, br, gzip',
): Promise<string[]> {
  const hashes: string[] = Array.from({ length: series.frames }, () => '')
  for (const [n, { first, count }] of series.packs.entries()) {
    const bytes = await packBytes(client, `/series/${series.id}/packs/${n}`, coding)
    const shape = { rows: series.rows, columns: series.columns, count, samples: series.samples }
    for (const [k, frame] of decodeFrames(bytes, shape).entries())
      hashes[first + k] = createHash('sha256').update(bytesOf(frame)).digest('hex')
  }
  return hashes
}

/** Not with fetch, which reads the first frame of a zstd stream only. */
async function packBytes(client: Client, path: string, coding: string): Promise<Buffer> {
  const asking = get(`${client.url}/api${path}`, {
    headers: { ...client.headers(), 'accept-encoding': coding },
  })
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray())
  if (answer.statusCode !== 200) throw new Error(`${path} was answered with ${answer.statusCode}`)
  const inflate = INFLATE[answer.headers['content-encoding'] ?? 'identity']
  if (!inflate) throw new Error(`${path} came in a coding that nobody asked for`)
  return inflate(body)
}

const INFLATE: Record<string, (body: Buffer) => Buffer> = {
  zstd: inflateFrames,
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
}

/** Every frame of a zstd stream; Node's decoder reads one and says how many bytes it took. */
function inflateFrames(body: Buffer): Buffer {
  const frames: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const { buffer, engine } = zstdDecompressSync(body.subarray(at), { info: true }) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    frames.push(buffer)
    at += engine.bytesWritten
  }
  return Buffer.concat(frames)
}

/** The same order every time, and not the one given (Fisher-Yates over a small generator). */
export function shuffled<T>(items: readonly T[], seed = 7): T[] {
  const out = [...items]
  let state = seed
  for (let i = out.length - 1; i > 0; i--) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    const j = state % (i + 1)
    ;[out[i], out[j]] = [out[j]!, out[i]!]
  }
  return out
}
