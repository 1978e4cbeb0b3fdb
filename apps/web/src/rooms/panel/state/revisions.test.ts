import type { Revision } from '@consilium/contract/revisions'
import { createRoot } from 'solid-js'
import { afterEach, expect, it, vi } from 'vitest'
import { api } from '../../../api.ts'
import { Topic } from '../../../session/topic.ts'
import { createRevisions } from './revisions.ts'

// In Node it would be the one for servers, in which nothing is told.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))
vi.mock('../../../api.ts', () => ({ api: { revisions: vi.fn() } }))
afterEach(() => void vi.mocked(api.revisions).mockReset())

const row = (seq: number, entry = '1-aaaa') =>
  ({ seq, at: seq, touched: [{ entry, op: 'change' }] }) as unknown as Revision

function page() {
  const link = {
    status: { state: 'connecting', standing: null },
    statuses: new Topic(),
    hellos: new Topic(),
    journal: new Topic(),
    noteRow: () => {},
  }
  const asked = vi.mocked(api.revisions)
  return { link, asked, list: () => createRoot(() => createRevisions('panel:1', link as never)) }
}
const told = () => new Promise((resolve) => setTimeout(resolve))

it('[H16] the list of revisions is asked for once when a case opens, and once more with each connection', async () => {
  const { link, asked, list } = page()
  asked.mockImplementation(async () => ({ head: 2, items: [row(2), row(1)], next: null }))
  const revisions = list()
  link.statuses.emit({ state: 'connecting' })
  expect(asked).not.toHaveBeenCalled()
  link.hellos.emit(undefined)
  link.statuses.emit({ state: 'live' })
  await told()
  expect(asked).toHaveBeenCalledTimes(1)
  expect(revisions.loading()).toBe(false)
  link.journal.emit([{ revision: row(3) }])
  expect(revisions.rows().map(({ seq }) => seq)).toEqual([3, 2, 1])

  // Revision 4 was made while nobody told.
  asked.mockImplementation(async () => ({ head: 5, items: [row(5), row(4), row(3)], next: 3 }))
  link.statuses.emit({ state: 'offline' })
  link.hellos.emit(undefined)
  link.statuses.emit({ state: 'live' })
  await told()
  expect(asked).toHaveBeenCalledTimes(2)
  expect(revisions.rows().map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1])
})

it('[H16] without a connection the list says why it is empty', async () => {
  const { link, asked, list } = page()
  const fault = new Error('nobody answers')
  asked.mockRejectedValue(fault)
  const revisions = list()
  link.statuses.emit({ state: 'offline' })
  await told()
  expect(revisions.fault()).toBe(fault)
  expect(revisions.loading()).toBe(false)
})

it('[H17] of a moment of the past the last change is the last before it', async () => {
  const { link, asked, list } = page()
  asked.mockImplementation(async () => ({
    head: 4,
    items: [row(4), row(3, '1-bbbb'), row(2), row(1)],
    next: null,
  }))
  const revisions = list()
  link.hellos.emit(undefined)
  await told()
  expect(revisions.lastTouch('1-aaaa' as never)?.seq).toBe(4)
  expect(revisions.lastTouch('1-aaaa' as never, 4)?.seq).toBe(4)
  expect(revisions.lastTouch('1-aaaa' as never, 3)?.seq).toBe(2)
  expect(revisions.lastTouch('1-bbbb' as never, 2)).toBeNull()
})
