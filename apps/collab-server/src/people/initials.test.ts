import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it.each([
  ['Dr A. Okafor', 'AO'],
  ['Prof. H. Vasquez', 'HV'],
  ['I. Solberg', 'IS'],
  ['Prof. Dr. med. Anna-Lena von der Heide', 'AH'],
  ['Björk', 'BJ'],
  ['Élodie Østergård', 'ÉØ'],
  ['李 小龙', '李小'],
  ['Dr', '?'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
