/**
 * mozjpeg in WebAssembly. Its bytes are read once; each picture has an instance of its own, so its memory goes with it, and no picture
 * meets what a broken one left behind.
 */
import type { MozJPEGModule } from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'

let program: Promise<ArrayBuffer | Uint8Array> | null = null

/** @param warn told what the library only warns of */
export async function mozjpeg(warn: (words: string) => void): Promise<MozJPEGModule> {
  program ??= read()
  const wasmBinary = await program
  const { default: factory } = await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js')
  const options = { noInitialRun: true, print: warn, printErr: warn, wasmBinary }
  // The typings do not know print.
  return factory(options as unknown as Parameters<typeof factory>[0])
}

/** From the package's own file; in a browser it is an asset of this site. */
async function read(): Promise<ArrayBuffer | Uint8Array> {
  const url = new URL(import.meta.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
  if (url.protocol !== 'file:') return (await fetch(url)).arrayBuffer()
  const { readFile } = await import('node:fs/promises')
  return readFile(url)
}
