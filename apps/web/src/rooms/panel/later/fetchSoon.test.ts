import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Desk } from '../state/desk.ts'
import { createFetchedSoon } from './fetchSoon.ts'

// In Node it would be the one for servers, in which nothing is told.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A room of 60 slices with one late file. */
function room() {
  const [progress, setProgress] = createSignal({ here: 0, total: 60, fault: null })
  const [state, setState] = createSignal('live')
  const [hasFailed, setFailed] = createSignal(false)
  const fetch = vi.fn(async () => undefined)
  const desk = { series: { progress, fault: () => null }, document: { status: () => ({ state: state() }) } }
  const leave = createRoot((dispose) => {
    createFetchedSoon(desk as unknown as Desk, [{ here: () => null, hasFailed, fetch }])
    return dispose
  })
  return {
    arrived: (here: number) => setProgress({ here, total: 60, fault: null }),
    setState,
    setFailed,
    fetch,
    leave,
  }
}

it('[V115] what a case opens without comes once, after the last slice has come and the page has rested', async () => {
  const { arrived, fetch } = room()
  arrived(59)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(fetch, 'slices are still coming').not.toHaveBeenCalled()
  arrived(60)
  await vi.advanceTimersByTimeAsync(900)
  expect(fetch).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(fetch).toHaveBeenCalledTimes(1)
})

it('[V115] of many slices it does not wait for the last', async () => {
  const { arrived, fetch, leave } = room()
  arrived(1)
  await vi.advanceTimersByTimeAsync(11_000)
  expect(fetch).toHaveBeenCalledTimes(1)
  leave()
})

it('[V116] what could not be fetched is asked for again with the next connection, and not once it is here', async () => {
  const { arrived, fetch, setState, setFailed } = room()
  arrived(60)
  await vi.advanceTimersByTimeAsync(2_000)
  setFailed(true)
  setState('connecting')
  setState('live')
  await vi.advanceTimersByTimeAsync(1)
  expect(fetch).toHaveBeenCalledTimes(2)
  setFailed(false)
  setState('connecting')
  setState('live')
  await vi.advanceTimersByTimeAsync(1)
  expect(fetch).toHaveBeenCalledTimes(2)
})
