/** Small pictures of the series of a case, one after the other once the first slice one came for is here. */
import type { Series } from '@consilium/contract/studies'
import { type PackReader, workerReader } from '@consilium/viewer/decoder'
import { drawThumbnail, type FirstPicture, firstPicture } from '@consilium/viewer/thumbnail'
import { type Accessor, createEffect, createSignal, onCleanup, untrack } from 'solid-js'
import { sourceOf } from '../../../ahead/packs.ts'
import type { Library } from './library.ts'

/** CSS pixels; drawn twice as fine. */
export const THUMBNAIL = { width: 88, height: 66 } as const

export interface Thumbnails {
  /** Black until its picture is here. */
  readonly canvas: (id: string) => HTMLCanvasElement
}

export function createThumbnails(
  list: Accessor<readonly Series[]>,
  library: Library,
  isPictureHere: Accessor<boolean>,
): Thumbnails {
  const canvases = new Map<string, HTMLCanvasElement>()
  const canvasOf = (id: string): HTMLCanvasElement => {
    const canvas = canvases.get(id) ?? blank()
    canvases.set(id, canvas)
    return canvas
  }
  const [isGone, setGone] = createSignal(false)
  const stop = new AbortController()
  onCleanup(() => {
    setGone(true)
    stop.abort()
  })

  const pictureOf = async (series: Series, reader: PackReader): Promise<FirstPicture | null> => {
    const frame = series.packs[0]?.first ?? 0
    const drawable = library.of(series.id)?.frames()?.drawable(frame)
    if (drawable) return { frame, drawable }
    return firstPicture(series, sourceOf(series.id, reader), stop.signal)
  }
  const drawAll = async (waiting: readonly Series[]): Promise<void> => {
    const reader = workerReader()
    for (const series of waiting) {
      if (isGone()) break
      // Without its picture a series is still told by its words.
      const picture = await pictureOf(series, reader).catch(() => null)
      if (picture && !isGone()) drawThumbnail(canvasOf(series.id), series, picture)
    }
    reader.close()
  }
  const begun = new Set<string>()
  createEffect(() => {
    const all = list()
    if (all.length < 2 || !isPictureHere()) return
    const waiting = all.filter(({ id }) => !begun.has(id))
    for (const { id } of waiting) begun.add(id)
    if (waiting.length > 0) void untrack(() => drawAll(waiting))
  })
  return { canvas: canvasOf }
}

function blank(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = THUMBNAIL.width * 2
  canvas.height = THUMBNAIL.height * 2
  canvas.className = 'block h-[66px] w-[88px]'
  canvas.setAttribute('aria-hidden', 'true')
  return canvas
}
