/**
 * mozjpeg in WebAssembly. Compiled once; each picture has an instance of its own, so its memory goes with it, and no picture meets what a
 * broken one left behind.
 */
import type { MozJPEGModule } from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'

let compiled: Promise<WebAssembly.Module> | null = null

/** @param warn told what the library only warns of */
export async function mozjpeg(warn: (words: string) => void): Promise<MozJPEGModule> {
  compiled ??= compile()
  const module = await compiled
  const { default: factory } = await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js')
  const options = {
    noInitialRun: true,
    print: warn,
    printErr: warn,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports)
      done(instance)
      return instance.exports
    },
  }
  // The typings know neither print nor what instantiateWasm hands on.
  return factory(options as unknown as Parameters<typeof factory>[0])
}

/** From the package's own file; in a browser it is an asset of this site. */
async function compile(): Promise<WebAssembly.Module> {
  const url = new URL(import.meta.resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
  if (url.protocol !== 'file:') return WebAssembly.compileStreaming(fetch(url))
  const { readFile } = await import('node:fs/promises')
  return WebAssembly.compile(await readFile(url))
}
