/**
 * Beside each file of the page what is sent of it: packed once, when the page is built, instead of anew for everybody who opens it cold. The
 * server hands out whichever of the two the asker takes, or the file itself.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Fonts and pictures are packed already. */
const PACKABLE = /\.(?:js|css|svg|wasm)$/
const LEAST_BYTES = 1_024
/** The highest takes ten times as long for a twentieth. */
const QUALITY = 9

export const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => PACKABLE.test(name))
    await Promise.all(names.map((name) => pack(join(dir, name))))
  },
})

async function pack(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < LEAST_BYTES) return
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
  await writeFile(
    `${path}.br`,
    await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }),
  )
}
