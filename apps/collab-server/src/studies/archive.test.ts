/** Archives made here: good ones, and such that lie about names, sizes, numbers and places. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { ReadableStream } from 'node:stream/web'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ZipEntry, type ZipLies, zipBytes } from '../testing/zip.ts'
import { ARCHIVE_LIMITS, ArchiveFault, type ArchiveLimits, filesIn, isArchive } from './archive.ts'

let folder = ''
let made = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consilium-archive-'))
})
afterAll(() => rm(folder, { recursive: true }))

const whole = (body: ReadableStream<Uint8Array>): Promise<Buffer> => buffer(Readable.fromWeb(body))
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

async function kept(bytes: Uint8Array): Promise<string> {
  made += 1
  const path = join(folder, `${made}.zip`)
  await writeFile(path, bytes)
  return path
}

/** What becomes of each file: its words, or the sentence. */
async function read(
  bytes: Uint8Array,
  limits?: Partial<ArchiveLimits>,
): Promise<[name: string, what: string][]> {
  const found: [string, string][] = []
  for await (const file of filesIn(await kept(bytes), { ...ARCHIVE_LIMITS, ...limits })) {
    if ('reason' in file) found.push([file.name, file.reason])
    else found.push([file.name, await whole(file.body).then(String, sentence)])
  }
  return found
}
const sentence = (fault: unknown): string => {
  if (fault instanceof ArchiveFault) return fault.message
  throw fault
}
const readZip = (entries: readonly ZipEntry[], lies?: ZipLies, limits?: Partial<ArchiveLimits>) =>
  read(zipBytes(entries, lies), limits)
const faultOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'it was read', sentence)

describe('[I72] an archive is read file by file', () => {
  it('stored and deflated, in their order, without directories and the additions of archivers', async () => {
    const long = text('slice '.repeat(50_000))
    const found = await readZip([
      { name: 'disc/', bytes: text('') },
      { name: 'disc/a.dcm', bytes: text('one') },
      { name: '__MACOSX/disc/._a.dcm', bytes: text('x') },
      { name: 'disc/.DS_Store', bytes: text('x') },
      { name: 'disc\\b.dcm', bytes: long, deflate: true },
      { name: 'empty', bytes: text('') },
    ])
    expect(found).toEqual([
      ['disc/a.dcm', 'one'],
      ['disc/b.dcm', String(Buffer.from(long))],
      ['empty', ''],
    ])
  })

  it('also where a body is left unread, or read in part', async () => {
    const bytes = zipBytes([
      { name: 'a', bytes: text('a'.repeat(300_000)), deflate: true },
      { name: 'b', bytes: text('b'.repeat(300_000)) },
      { name: 'c', bytes: text('c') },
    ])
    const names: string[] = []
    for await (const file of filesIn(await kept(bytes))) {
      names.push(file.name)
      if (file.name === 'b' && 'body' in file) await file.body.getReader().read()
    }
    expect(names).toEqual(['a', 'b', 'c'])
  })

  it('and is known by its first bytes', () => {
    expect(isArchive(zipBytes([{ name: 'a', bytes: text('a') }]))).toBe(true)
    expect(isArchive(zipBytes([]))).toBe(true)
    for (const head of ['', 'PK', 'PK\x01\x02', 'DICM', '\x1f\x8b\x08\0'])
      expect(isArchive(Buffer.from(head, 'latin1'))).toBe(false)
  })
})

describe('[I73] a name in an archive is shown, and is never a path', () => {
  it.each([
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['C:\\Windows\\system32\\x', 'Windows/system32/x'],
    ['a/./b/../c', 'a/b/c'],
    ['..', 'file 1'],
    ['a\u202egpj.exe\n', 'a\u{fffd}gpj.exe\u{fffd}'],
  ])('%j is shown as %j', async (name, shown) => {
    expect(await readZip([{ name, bytes: text('x') }])).toEqual([[shown, 'x']])
  })

  it('a link and a device are no files', async () => {
    const reason = 'Not an image: it is a link or a device, not a file.'
    const found = await readZip([
      { name: 'link', bytes: text('/etc/passwd'), mode: 0o120777 },
      { name: 'device', bytes: text(''), mode: 0o020666 },
      { name: 'file', bytes: text('x'), mode: 0o100644 },
      { name: 'folder', bytes: text(''), mode: 0o040755 },
    ])
    expect(found).toEqual([
      ['link', reason],
      ['device', reason],
      ['file', 'x'],
    ])
  })

  it('and nothing is written', async () => {
    const before = await readdir(folder)
    await readZip([{ name: '../slip', bytes: text('x') }])
    expect((await readdir(folder)).length).toBe(before.length + 1)
    expect(await readdir(join(folder, '..'))).not.toContain('slip')
  })
})

describe('[I74] what is wrong with one file in an archive costs that file', () => {
  const good: ZipEntry = { name: 'good', bytes: text('good') }
  const zeros = new Uint8Array(500_000)

  it.each<[string, ZipEntry]>([
    [
      'Not supported: an encrypted file; bring the archive without a password.',
      { name: 'bad', bytes: text('secret'), says: { flags: 1 } },
    ],
    [
      'Not supported: a file packed in another way than deflate; pack the archive anew as a plain zip.',
      { name: 'bad', bytes: text('x'), says: { method: 9 } },
    ],
    [
      'Not supported: an archive inside an archive; unpack it first, or bring it by itself.',
      { name: 'bad', bytes: zipBytes([{ name: 'deeper', bytes: text('x') }]), deflate: true },
    ],
    [
      'Damaged: the file in the archive is larger than it says.',
      { name: 'bad', bytes: zeros, deflate: true, says: { size: 1000 } },
    ],
    [
      'Truncated: the file in the archive is smaller than it says.',
      { name: 'bad', bytes: zeros, deflate: true, says: { size: 600_000 } },
    ],
    [
      'Damaged: the file in the archive is not what was packed.',
      { name: 'bad', bytes: zeros, deflate: true, says: { crc: 1 } },
    ],
    [
      'Damaged: the file in the archive cannot be unpacked.',
      { name: 'bad', bytes: text('this is not deflate'), says: { method: 8 } },
    ],
    [
      'Too large: a file may have at most 1 GiB.',
      { name: 'bad', bytes: text('x'), says: { size: 2 ** 30 + 1 } },
    ],
  ])('%s', async (reason, bad) => {
    expect(await readZip([good, bad, good], {}, { ratioFloor: 2 ** 40 })).toEqual([
      ['good', 'good'],
      ['bad', reason],
      ['good', 'good'],
    ])
  })
})

describe('[I75] an archive that means harm is refused whole, before anything is unpacked', () => {
  const entry = (name: string): ZipEntry => ({ name, bytes: text('x'.repeat(100)) })
  const many = 'Too large: an archive may hold at most 20000 files.'
  const shares = 'Damaged: files in the archive share their bytes, as in archives made to do harm.'

  it('of a million entries, or of more than it counts', async () => {
    expect(await faultOf(readZip([entry('a')], { entries: 1_000_000 }))).toBe(many)
    expect(await faultOf(readZip(Array.from({ length: 20_001 }, (_, k) => entry(String(k)))))).toBe(many)
    expect(await faultOf(readZip([entry('a'), entry('b')], { entries: 1 }))).toBe(
      'Damaged: the archive holds more files than it says.',
    )
    expect(await faultOf(readZip([entry('a')], { entries: 2 }))).toBe(
      'Damaged: the list of what is in the archive cannot be read.',
    )
  })

  it('whose entries share their bytes', async () => {
    expect(await faultOf(readZip([entry('a'), { ...entry('b'), says: { offset: 0 } }]))).toBe(shares)
    expect(await faultOf(read(quoted(20)))).toBe(shares)
  })

  it('whose local header reaches into what follows', async () => {
    const bytes = zipBytes([entry('a'), entry('b'), entry('c')])
    bytes.writeUInt16LE(60, bytes.indexOf('PK\x03\x04', 1) + 26)
    expect(await faultOf(read(bytes))).toBe(shares)
  })

  it('of which a file is not where it says', async () => {
    const bytes = zipBytes([entry('a'), entry('b')])
    bytes.writeUInt8(0, bytes.indexOf('PK\x03\x04', 1))
    expect(await faultOf(read(bytes))).toBe('Damaged: a file is not where the archive says.')
  })

  it('that unpacks to too much', async () => {
    const huge = { size: 900 * 2 ** 20 }
    const bombs = Array.from({ length: 10 }, (_, k) => ({ ...entry(String(k)), deflate: true, says: huge }))
    expect(await faultOf(readZip(bombs))).toBe('Too large: an archive may unpack to at most 8 GiB.')
    expect(await faultOf(readZip(bombs.slice(0, 1)))).toBe(
      'Too large: the archive unpacks to far more than pictures can be packed into it.',
    )
  })

  it('whose list is larger than a list can be, missing, or cut off', async () => {
    const named = Array.from({ length: 300 }, (_, k) => entry(`${k}${'n'.repeat(60_000)}`))
    expect(await faultOf(readZip(named))).toBe('Too large: the list of what is in the archive.')
    const bytes = zipBytes([entry('a'), entry('b')])
    for (const end of [0, 4, 100, bytes.length - 30, bytes.length - 1])
      expect(await faultOf(read(bytes.subarray(0, end)))).toMatch(
        /^Damaged: the list of what is in the archive/,
      )
  })
})

/** After David Fifield's “A better zip bomb” (2019): each entry quotes the next one's header, and all end in the same deflated bytes. */
function quoted(count: number): Buffer {
  const packed = deflateRawSync(new Uint8Array(1_000_000))
  const one = zipBytes([{ name: 'a', bytes: packed, says: { method: 8, size: 1_000_000 } }])
  const local = one.subarray(0, one.indexOf('PK\x01\x02'))
  const header = local.subarray(0, local.length - packed.length)
  const headers = Array.from({ length: count }, () => header)
  const list = Array.from({ length: count }, (_, k) => {
    const line = Buffer.from(one.subarray(local.length, one.length - 22))
    line.writeUInt32LE(packed.length + (count - 1 - k) * header.length, 20)
    line.writeUInt32LE(k * header.length, 42)
    return line
  })
  const end = Buffer.from(one.subarray(one.length - 22))
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(list.length * (list[0] as Buffer).length, 12)
  end.writeUInt32LE(headers.length * header.length + packed.length, 16)
  return Buffer.concat([...headers, packed, ...list, end])
}
