/** The series of a case, the one on screen, and how much of it has arrived. */
import type { Series } from '@consilium/contract/studies'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { View } from '@consilium/viewer/scene'
import { openSeries, type Progress, type SeriesFrames } from '@consilium/viewer/series'
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { packAddress, refusalFrom } from '../../../api.ts'
import { Unreachable } from '../../../errors.ts'

export interface SeriesState {
  readonly list: readonly Series[]
  readonly current: Accessor<Series | null>
  /** With a place, that is where it opens. */
  readonly choose: (id: string, at?: Place) => void
  /** Where the newly chosen series is to open; taken once. */
  readonly takePlace: () => Place | null
  readonly frames: Accessor<SeriesFrames | null>
  readonly progress: Accessor<Progress>
  /** Why the series cannot be shown at all. */
  readonly fault: Accessor<string | null>
}

export interface Place {
  readonly point: Vec3
  readonly frame: number
  /** To be shown as it is, e.g. of somebody followed. */
  readonly view?: View
}

const NOTHING: Progress = { here: 0, total: 0, fault: null }

/** Bytes of one pack; the browser undoes the transport coding. */
async function fetchPack(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
  let response: Response
  try {
    response = await fetch(address, { signal })
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new Unreachable(cause)
  }
  if (!response.ok) throw refusalFrom(response.status, await response.json().catch(() => null))
  return response.arrayBuffer()
}

export function createSeries(list: readonly Series[], first: string | null): SeriesState {
  let place: Place | null = null
  const [chosen, setChosen] = createSignal(list.find((one) => one.id === first)?.id ?? list[0]?.id ?? null)
  const [frames, setFrames] = createSignal<SeriesFrames | null>(null)
  const [progress, setProgress] = createSignal<Progress>(NOTHING)
  const [fault, setFault] = createSignal<string | null>(null)
  const current = createMemo(() => list.find((one) => one.id === chosen()) ?? null)

  createEffect(
    on(current, (series) => {
      setFault(null)
      setProgress(NOTHING)
      if (!series) return
      try {
        const opened = openSeries(series, (pack, signal, lower) =>
          fetchPack(packAddress(series.id, pack, lower), signal),
        )
        opened.onProgress(setProgress)
        setProgress(opened.progress())
        setFrames(() => opened)
        const retry = (): void => opened.retry()
        window.addEventListener('online', retry)
        onCleanup(() => {
          window.removeEventListener('online', retry)
          setFrames(null)
          opened.close()
        })
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error))
      }
    }),
  )

  return {
    list,
    current,
    choose: (id, at) => {
      place = at ?? null
      setChosen(id)
    },
    takePlace: () => {
      const taken = place
      place = null
      return taken
    },
    frames,
    progress,
    fault,
  }
}
