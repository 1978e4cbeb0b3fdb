/** The reader is chosen by the content, and what is no picture is named. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EXPLICIT_LITTLE_ENDIAN, writePart10 } from './dicom/write.ts'
import { ImagingFault } from './fault.ts'
import { readAny } from './read.ts'
import { imageElements } from './testing/images.ts'
import { niftiBytes } from './testing/nifti.ts'

const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}

const dicom = (): Promise<Uint8Array> => writePart10(imageElements(), EXPLICIT_LITTLE_ENDIAN)
/** A NIfTI volume with such a first value, which a DICOM file of `dicom` never has. */
const nifti = niftiBytes({ shape: [2, 1, 1], values: [201, 7] })

describe('[I70] a file is read as what its content is', () => {
  it('DICOM, whatever stands in its preamble', async () => {
    const plain = await dicom()
    const { frames, technical } = await readAny(plain)
    expect([technical.columns, technical.rows]).toEqual([6, 4])
    const polyglot = plain.slice()
    polyglot.set(latin('MZ\x90\0'))
    expect((await readAny(polyglot)).frames[0]?.pixels).toEqual(frames[0]?.pixels)
    polyglot.set(latin('\x1f\x8b\x08\0'))
    expect((await readAny(polyglot)).frames[0]?.pixels).toEqual(frames[0]?.pixels)
  })

  it('a data set without preamble and mark', async () => {
    const whole = await dicom()
    const bare = whole.subarray(132)
    expect((await readAny(bare)).frames[0]?.pixels).toEqual((await readAny(whole)).frames[0]?.pixels)
  })

  it('NIfTI, plain and gzipped, of either version and order', async () => {
    for (const options of [{}, { version: 2 as const }, { littleEndian: false }]) {
      const bytes = niftiBytes({ shape: [2, 1, 1], values: [201, 7], ...options })
      expect([...((await readAny(bytes)).frames[0]?.pixels ?? [])]).toEqual([201, 7])
      expect([...((await readAny(gzipSync(bytes))).frames[0]?.pixels ?? [])]).toEqual([201, 7])
    }
  })
})

describe('[I71] what is no picture, or none that is read, is named in one sentence', () => {
  it.each<[string, Uint8Array]>([
    ['Damaged: it is empty.', new Uint8Array(0)],
    ['Not an image: it is a PDF document.', latin('%PDF-1.7\n')],
    ['Not an image: it is a web page.', latin('\xef\xbb\xbf \n<!DOCTYPE HTML><html>')],
    ['Not an image: it is an XML document.', latin('<?xml version="1.0"?><a/>')],
    ['Not an image: it is a program for Windows.', latin('MZ\x90\0\x03\0')],
    ['Not an image: it is a program.', latin('\x7fELF\x02\x01')],
    ['Not an image: it is a zip archive; it is opened where it is brought in.', latin('PK\x03\x04rest')],
    ['Not supported: a GIF picture.', latin('GIF89a')],
    ['Not supported: a tar archive; bring a zip archive or the files themselves.', tar()],
    ['Not supported: a gzip file that holds no NIfTI volume; unpack it first.', gzipSync(latin('%PDF-1.7'))],
    ['Not supported: a gzip file that holds no NIfTI volume; unpack it first.', gzipSync(tar())],
    ['Not supported: a gzip file that holds no NIfTI volume; unpack it first.', gzipSync(gzipSync(nifti))],
    ['Damaged: its gzip stream ends early or is broken.', latin('\x1f\x8b\x08\0')],
    ['Not an image: it is a text.', latin('a letter to somebody')],
    ['Not supported: its content is none of the formats that are read.', new Uint8Array(4096)],
  ])('%s', async (sentence, bytes) => expect(await faultOf(readAny(bytes))).toBe(sentence))

  it('and nothing of the file stands in it', async () => {
    expect(await faultOf(readAny(latin('Mustermann^Erika 1970-01-01')))).not.toMatch(/Muster|1970/)
  })

  it('however few bytes of a file there are', async () => {
    for (const file of [await dicom(), nifti, gzipSync(nifti)])
      for (let length = 0; length < Math.min(file.length - 2, 400); length++)
        expect(await faultOf(readAny(file.subarray(0, length)))).toMatch(/^(Not|Truncated|Damaged).*\.$/)
  })
})

function tar(): Uint8Array {
  const bytes = new Uint8Array(1024)
  bytes.set(latin('somebody.dcm'))
  bytes.set(latin('ustar'), 257)
  return bytes
}
