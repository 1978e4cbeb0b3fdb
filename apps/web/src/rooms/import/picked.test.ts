import { expect, test } from 'vitest'
import { isDebris, sift } from './picked.ts'

test.each([
  ['ct/IM0001.dcm', false],
  ['IM0001', false],
  ['ct/.DS_Store', true],
  ['.hidden/IM0001.dcm', true],
  ['ct/Thumbs.db', true],
  ['__MACOSX/ct/IM0001.dcm', true],
  ['DICOMDIR', false],
])('%s is debris: %s', (path, debris) => {
  expect(isDebris(path)).toBe(debris)
})

test('what is left out is counted, what is meant is sorted as a person would', () => {
  const picked = (path: string) => ({ path, file: new File(['x'], path) })
  const { files, leftOut } = sift([picked('a/10.dcm'), picked('a/.DS_Store'), picked('a/2.dcm')])
  expect(files.map((one) => one.path)).toEqual(['a/2.dcm', 'a/10.dcm'])
  expect(leftOut).toBe(1)
})
