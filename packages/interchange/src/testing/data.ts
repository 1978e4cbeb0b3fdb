/** For tests only: the public test files, where they are there, as series and as bytes; a Python with nibabel, where there is one. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CleanInstance, type Instance, readAny } from '@consilium/imaging/read'
import { arrange, slicesOf, type Volume } from '@consilium/imaging/series'

const ROOT = process.env.CONSILIUM_TEST_DATA ?? join(import.meta.dirname, '../../../../../shared/data')

export const HAVE_DATA = existsSync(join(ROOT, 'manifest.json'))

export const readData = (file: string): Uint8Array => new Uint8Array(readFileSync(join(ROOT, file)))
export const namesIn = (folder: string): string[] => readdirSync(join(ROOT, folder)).toSorted()

/** What independent tools say of a file. */
export function expectedOf<T>(file: string): T {
  const { entries } = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as {
    entries: { file: string; expected: T }[]
  }
  const entry = entries.find((one) => one.file === file)
  if (!entry) throw new Error(`no ${file} in the manifest`)
  return entry.expected
}

/** The one series in these files, as it is brought in. */
export async function seriesIn(files: readonly Uint8Array[]): Promise<Volume> {
  const instances = await Promise.all(files.map((file) => readAny(file)))
  const slices = await Promise.all(instances.map((instance) => slicesOf(clean(instance))))
  const [volume, ...others] = await arrange(slices.flat())
  if (!volume || others.length > 0) throw new Error(`${others.length + 1} series`)
  return volume
}

const clean = ({ technical, words, identity, frames }: Instance): CleanInstance => ({
  technical,
  modality: words.modality,
  bodyPart: '',
  unit: '',
  windowNames: [],
  uids: identity,
  frames,
})

/** The first Python 3 here that has nibabel, or null. */
export const NIBABEL =
  ['python3', '/usr/bin/python3'].find(
    (python) => spawnSync(python, ['-c', 'import nibabel'], { stdio: 'ignore' }).status === 0,
  ) ?? null

/** What a script prints as JSON. */
export const python = <T>(script: string, ...given: string[]): T =>
  JSON.parse(execFileSync(NIBABEL ?? 'python3', ['-c', script, ...given], { encoding: 'utf8' })) as T
