/** Pictures that are programs, pages and other pictures at the same time: in the preamble, and behind the pixels. */
import { statSync } from 'node:fs'
import type { Series } from '@consilium/contract/studies'
import {
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  writePart10,
} from '@consilium/imaging/write'
import { imageElements } from '../../../packages/imaging/src/testing/images.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Door } from '../files/door.ts'

/** What a loader or a browser would take it for, and code for it. */
const GUISES: readonly (readonly [name: string, begins: string, code: string])[] = [
  ['a program for Windows', 'MZ\x90\0\x03\0\0\0', 'PLANTEDCODE-PE'],
  ['a program for Linux', '\x7fELF\x02\x01\x01\0', 'PLANTEDCODE-ELF'],
  ['a program for macOS', '\xcf\xfa\xed\xfe\x07\0\0\x01', 'PLANTEDCODE-MACHO'],
  ['a script', '#!/bin/sh\n', 'PLANTEDCODE-SH'],
  ['a page', '<!doctype html><script>', 'PLANTEDCODE-HTML</script>'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" onload="', 'PLANTEDCODE-SVG">'],
  ['a TIFF picture', 'II*\0\x08\0\0\0', 'PLANTEDCODE-TIFF'],
  ['a PDF document', '%PDF-1.7\n', 'PLANTEDCODE-PDF'],
]
const CODE = Buffer.from('PLANTEDCODE')
/** No loader and no browser starts what does not begin so. */
const MAGIC = /^(MZ|\x7fELF|\xcf\xfa\xed\xfe|#!|\s*<|II\*\0|%PDF)/

async function polyglot(random: Random, begins: string, code: string): Promise<Uint8Array> {
  const syntax = random.pick([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, RLE_LOSSLESS] as const)
  // Values from 64 to 127, so that a picture does not spell a magic by itself.
  const pixels = Uint8Array.from({ length: 16 * 16 * 2 }, () => random.whole(64, 127))
  const uid = `1.2.3.${random.whole(1, 2 ** 30)}.${random.whole(1, 2 ** 30)}`
  const file = Buffer.from(
    await writePart10(
      imageElements({
        rows: 16,
        columns: 16,
        pixels,
        also: [0x00080018, 0x0020000d, 0x0020000e, 0x00200052].map((tag, k) => ({
          tag,
          vr: 'UI',
          value: `${uid}.${k}`,
        })),
      }),
      syntax,
    ),
  )
  file.write(begins + code, 0, 'latin1')
  return new Uint8Array(Buffer.concat([file, Buffer.from(begins + code, 'latin1')]))
}

/** Everything that can be fetched of a series. */
async function* servedOf(
  door: Door,
  { id, frames, packs }: Series,
): AsyncGenerator<{ path: string; answer: Response; bytes: Buffer }> {
  const paths = [`/series/${id}`, `/series/${id}/thumbnail`]
  for (let n = 0; n < frames; n++) paths.push(`/series/${id}/frames/${n}`)
  for (let n = 0; n < packs.length; n++) paths.push(`/series/${id}/packs/${n}`)
  for (const path of paths) {
    const answer = await door.person.ask('GET', path, undefined, { 'accept-encoding': 'identity' })
    yield { path, answer, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
}

export const fault: Fault = {
  id: 'B8',
  fault: `DICOM files that are at the same time ${GUISES.length} other things (programs, scripts, pages, pictures): in their preamble, and behind their pixels`,
  must: 'the picture is read; nothing of the guise is kept or served, no byte that is served is taken for anything but what its type says, and nothing kept can be started',
  trials: { short: GUISES.length, full: 200 },
  async run(trials, seed) {
    const door = await Door.open()
    const failures: string[] = []
    let served = 0
    let bytesServed = 0
    try {
      for (let n = 0; n < trials; n++) {
        const [name, begins, code] = GUISES[(seed + n) % GUISES.length] as (typeof GUISES)[number]
        const say = (what: string): void => void failures.push(`seed ${seed + n}: ${name}: ${what}`)
        const bytes = await polyglot(new Random(seed + n), begins, code)
        const { answers, done } = await door.bring([{ name: 'invoice.pdf.exe', bytes }])
        if (answers[0]?.status !== 'stored') say(`it was not taken: ${answers[0]?.reason}`)
        for (const series of done.series)
          for await (const { path, answer, bytes } of servedOf(door, series)) {
            served += 1
            bytesServed += bytes.length
            const type = answer.headers.get('content-type') ?? ''
            if (bytes.includes(CODE)) say(`${path} serves what was planted`)
            if (MAGIC.test(bytes.toString('latin1', 0, 64))) say(`${path} begins like something else`)
            if (answer.headers.get('x-content-type-options') !== 'nosniff') say(`${path} may be guessed at`)
            if (!/^(application\/(json|octet-stream)|image\/png)/.test(type)) say(`${path} is called ${type}`)
          }
        if ((n + 1) % 50 === 0) tell(`${n + 1} of ${trials}`)
      }
      await door.stop()
      let kept = 0
      for (const { path, bytes } of door.kept()) {
        kept += 1
        if (bytes.includes(CODE)) failures.push(`seed ${seed}: ${path} holds what was planted`)
        if (!path.endsWith('unpacked') && path.includes('/frames/') && (statSync(path).mode & 0o111) !== 0)
          failures.push(`seed ${seed}: ${path} can be started`)
      }
      return {
        trials,
        failures,
        figures: {
          'answers with pictures looked through': served,
          'of so many kB': Math.round(bytesServed / 1_000),
          'magic of programs, pages or documents served': failures.filter((line) =>
            line.includes('begins like'),
          ).length,
          'files kept and looked through': kept,
        },
      }
    } finally {
      await door.stop()
      door.remove()
    }
  },
}
