/** What the server does for an import, as this page needs it; tests bring their own. */
import { FileAnswer, type Import, type KnownFile, PART_BYTES, PartAnswer } from '@consilium/contract/studies'
import { api } from '../../api.ts'
import { newHasher } from './hashing.ts'
import type { Picked } from './picked.ts'
import { sendBytes } from './sendBytes.ts'

export interface Door {
  open(): Promise<string>
  /** SHA-256 of the whole file, in hex. Throws where the file cannot be read. */
  hash(file: File): Promise<string>
  known(importId: string, hashes: string[], signal: AbortSignal): Promise<readonly KnownFile[]>
  send(
    importId: string,
    file: Picked,
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<FileAnswer>
  /** The part that begins at `offset`. */
  sendPart(
    importId: string,
    part: { readonly file: Picked; readonly sha256: string; readonly offset: number },
    onSent: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<PartAnswer>
  finish(importId: string): Promise<Import>
  look(importId: string): Promise<Import>
  /** Ends it and deletes what came. */
  drop(importId: string): Promise<void>
}

const named = (file: Picked) => ({ 'x-file-name': encodeURIComponent(file.path.toWellFormed()) })

export function doorOf(project: string): Door {
  return {
    open: async () => (await api.newImport(project)).id,
    hash: newHasher(),
    known: async (importId, hashes, signal) => (await api.knownFiles(importId, hashes, signal)).files,
    send: (importId, file, onSent, signal) =>
      sendBytes(
        { method: 'POST', path: `/imports/${importId}/files`, headers: named(file), body: file.file },
        FileAnswer,
        onSent,
        signal,
      ),
    sendPart: (importId, { file, sha256, offset }, onSent, signal) =>
      sendBytes(
        {
          method: 'PUT',
          path: `/imports/${importId}/parts/${sha256}`,
          headers: {
            ...named(file),
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
