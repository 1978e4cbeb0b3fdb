import { expect, it } from 'vitest'
import { found } from './finding.ts'

const LIST = [
  { title: 'Play and pause through the moments', more: 'Looking C' },
  { title: 'Box', more: 'Tools B' },
  { title: 'Undo your last act', more: 'Annotating Ctrl+Z' },
  { title: 'Larger brush', more: 'Painting ]' },
  { title: 'Brush', more: 'Tools S' },
]
const titles = (query: string) => found(LIST, query).map(({ title }) => title)

it.each([
  ['box', ['Box']],
  ['bru', ['Brush', 'Larger brush']],
  ['ctrl z', ['Undo your last act']],
  ['ctrl+z', ['Undo your last act']],
  [']', ['Larger brush']],
  ['tools', ['Box', 'Brush']],
  ['  ', LIST.map(({ title }) => title)],
  ['brush box', []],
])('[V82] “%s” finds %j', (query, expected) => {
  expect(titles(query)).toEqual(expected)
})
