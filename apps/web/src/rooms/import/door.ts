/** What the server does for an import, as this page needs it; tests bring their own. */
import { BatchAnswer } from '@consilium/contract/batches'
import { type Import, type KnownFile, PartAnswer } from '@consilium/contract/studies'
import { batchHead, PART_BYTES } from '@consilium/contract/travel'
import { api } from '../../api.ts'
import { newHasher } from './hashing.ts'
import type { Picked } from './picked.ts'
import { sendBytes } from './sendBytes.ts'

/** A file and its SHA-256. */
export interface Hashed {
  readonly file: Picked
  readonly sha256: string
}

export interface Door {
  open(): Promise<string>
  /** SHA-256 of the whole file, in hex. Throws where the file cannot be read. */
  hash(file: File): Promise<string>
  known(importId: string, hashes: string[], signal: AbortSignal): Promise<readonly KnownFile[]>
  /** Whether it is still what was chosen. */
  isReadable(file: File): Promise<boolean>
  /** Many together, as far as they fit; answered in their order. */
  send(
    importId: string,
    files: readonly Hashed[],
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<BatchAnswer>
  /** The part that begins at `offset`. */
  sendPart(
    importId: string,
    part: Hashed & { readonly offset: number },
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<PartAnswer>
  finish(importId: string): Promise<Import>
  look(importId: string): Promise<Import>
  /** Ends it and deletes what came. */
  drop(importId: string): Promise<void>
}

const headOf = (files: readonly Hashed[]) =>
  batchHead(files.map(({ file: { path, file }, sha256 }) => ({ name: path, bytes: file.size, sha256 })))

export function doorOf(project: string): Door {
  return {
    open: async () => (await api.newImport(project)).id,
    hash: newHasher(),
    known: async (importId, hashes, signal) => (await api.knownFiles(importId, hashes, signal)).files,
    isReadable: (file) =>
      file
        .slice(0, 1)
        .arrayBuffer()
        .then(
          () => true,
          () => false,
        ),
    send: (importId, files, onSent, signal) => {
      const head = headOf(files)
      const body = new Blob([head, ...files.map(({ file }) => file.file)])
      const path = `/imports/${importId}/batches`
      const sent = (bytes: number) => onSent(Math.max(0, bytes - head.length))
      return sendBytes({ method: 'POST', path, headers: {}, body }, BatchAnswer, sent, signal)
    },
    sendPart: (importId, { file, sha256, offset }, onSent, signal) =>
      sendBytes(
        {
          method: 'PUT',
          path: `/imports/${importId}/parts/${sha256}`,
          headers: {
            'x-file-name': encodeURIComponent(file.path.toWellFormed()),
            'upload-offset': String(offset),
            'upload-length': String(file.file.size),
          },
          body: file.file.slice(offset, offset + PART_BYTES),
        },
        PartAnswer,
        onSent,
        signal,
      ),
    finish: api.finishImport,
    look: api.import,
    drop: api.dropImport,
  }
}
