import { expect, test } from 'vitest'
import { accountOf } from './account.ts'

const SERIES = {
  kept: ['Rows', 'StudyInstanceUID (replaced)'],
  dropped: [
    'Overlay (group 60xx)',
    'PatientName',
    'Private attributes (group 0009)',
    'StudyDate',
    'StationName',
  ],
}
const shape = (search: string) =>
  accountOf(SERIES, search).map((group) => [group.title, group.names.map((one) => [one.title, one.fate])])

test('[W115] what was removed, replaced and kept is told by name, the patient first', () => {
  expect(shape('')).toEqual([
    ['Removed: the patient', [['Patient name', 'removed']]],
    ['Removed: private attributes', [['Private attributes (group 0009)', 'removed']]],
    ['Removed: overlays and curves', [['Overlay (group 60xx)', 'removed']]],
    ['Removed: dates and times', [['Study date', 'removed']]],
    ['Removed: others', [['Station name', 'removed']]],
    ['Replaced: unique identifiers', [['Study instance UID', 'replaced']]],
    ['Kept', [['Rows', 'kept']]],
  ])
})

test('it is searched by the name people read and by the keyword of the standard', () => {
  expect(shape('study ')).toEqual([
    ['Removed: dates and times', [['Study date', 'removed']]],
    ['Replaced: unique identifiers', [['Study instance UID', 'replaced']]],
  ])
  expect(shape('StationName')).toEqual([['Removed: others', [['Station name', 'removed']]]])
  expect(shape('nothing of the kind')).toEqual([])
})
