/** What a disc's directory names and did not come. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readDirectory } from '@consilium/imaging/directory'
import { describe, expect, it } from 'vitest'
import { missingNotes } from './directory.ts'

const disc = (name: string) => ({
  name,
  files: [
    ['DICOM', 'IM1'],
    ['DICOM', 'IM2'],
    ['DICOM', 'IM3'],
  ],
})
const said = (missing: number) => [`A disc’s directory (DICOMDIR) names 3 files; ${missing} did not come.`]

describe('[I76] what a disc’s directory names and did not come is counted', () => {
  it('in the folder where the directory stood', () => {
    const whole = ['d/DICOMDIR', 'd/DICOM/IM1', 'd/DICOM/IM2', 'd/DICOM/IM3']
    expect(missingNotes([disc('d/DICOMDIR')], whole)).toEqual([])
    expect(missingNotes([disc('d/DICOMDIR')], whole.slice(0, 3))).toEqual(said(1))
    expect(missingNotes([disc('e/DICOMDIR')], [...whole, 'e/DICOMDIR'])).toEqual(said(3))
    expect(missingNotes([disc('DICOMDIR')], ['DICOMDIR', 'DICOM/IM3'])).toEqual(said(2))
  })

  it('whatever the case of names and the version that hangs on them', () => {
    const names = ['D/dicomdir;1', 'D/dicom/im1;1', 'D\\Dicom\\Im2.;1', 'D/DICOM/IM3.']
    expect(missingNotes([disc('D/dicomdir;1')], names)).toEqual([])
  })

  it('inside an archive, apart from what came beside it', () => {
    const names = ['z.zip › x/DICOMDIR', 'z.zip › x/DICOM/IM1', 'x/DICOM/IM2', 'z.zip › DICOM/IM3']
    expect(missingNotes([disc('z.zip › x/DICOMDIR')], names)).toEqual(said(2))
  })

  it('once, however often it is named', () => {
    const twice = { name: 'DICOMDIR', files: [['A'], ['A'], ['B']] }
    expect(missingNotes([twice], ['DICOMDIR'])).toEqual([
      'A disc’s directory (DICOMDIR) names 2 files; 2 did not come.',
    ])
  })

  it('and nothing is said where the names that came say no folders', () => {
    expect(missingNotes([disc('DICOMDIR')], ['DICOMDIR', 'IM1', 'IM2'])).toEqual([])
  })
})

const DATA = join(import.meta.dirname, '../../../../../shared/data/dicomdir')

describe.skipIf(!existsSync(DATA))('a real disc', () => {
  it('[I76] of which files are left out', async () => {
    const files = readdirSync(DATA, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `disc/${relative(DATA, join(entry.parentPath, entry.name))}`)
    const directory = await readDirectory(readFileSync(join(DATA, 'DICOMDIR')))
    const came = { name: 'disc/DICOMDIR', files: directory.files }
    expect(missingNotes([came], files)).toEqual([])
    const without = files.filter((name) => !name.includes('/MR700/'))
    expect(missingNotes([came], without)).toEqual([
      `A disc’s directory (DICOMDIR) names 31 files; ${files.length - without.length} did not come.`,
    ])
  })
})
