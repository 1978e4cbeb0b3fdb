/** The judge of files that mean harm sees what it is there to see. */
import { ImagingFault } from '@consilium/imaging/fault'
import { expect, test } from 'vitest'
import { JobFault } from '../../apps/collab-server/src/studies/workers.ts'
import { endingOf, leftOut } from './files/endings.ts'
import { PLANTED, quotes } from './files/planted.ts'

test('[I90] a sentence is a sentence', () => {
  expect(endingOf(new ImagingFault('truncated', 'the file ends early')).how).toBe('refused')
  expect(leftOut('Not an image: it is a structured report.').how).toBe('refused')
  expect(endingOf(new JobFault('Too large: reading it takes more memory than allowed.')).how).toBe('stopped')
})

test('[I90] whatever else is thrown, and an error that nobody foresaw, is a failure', () => {
  for (const error of [
    new TypeError('x is not a function'),
    'a string',
    new JobFault('Damaged: the reader could not make sense of it.', 'TypeError at read.ts:1'),
    new JobFault('Damaged'),
    new ImagingFault('damaged', 'one line\nand another'),
  ])
    expect(endingOf(error).how, String(error)).toBe('failed')
})

test('[I90] eight letters of a name in a row are a quotation', () => {
  const name = PLANTED[0]
  expect(quotes(`Damaged: ${name.slice(3, 11)}.`)).toBe(true)
  expect(quotes(`Damaged: ${name.slice(3, 10)}.`)).toBe(false)
  expect(endingOf(new ImagingFault('unsupported', `a picture in the colour space ${name}`)).how).toBe(
    'failed',
  )
})
