/** A series as a small picture: its first frame to come, in the middle of it, as it would open. */
import { hungAtFirst, liesOnItsSide, sidesOf } from '@consilium/imaging/hung'
import { Copy } from './copy.ts'
import type { PackSource } from './decoder.ts'
import { Pixels } from './pixels.ts'
import type { Drawable, SeriesMeta } from './series.ts'
import { defaultWindow } from './window.ts'

export interface FirstPicture {
  readonly frame: number
  readonly drawable: Drawable
}

/** Fetched and decoded by itself, in less detail where there is such a copy; nothing else of the series comes. */
export async function firstPicture(
  meta: SeriesMeta,
  source: PackSource,
  signal: AbortSignal,
): Promise<FirstPicture | null> {
  const { samples, lower } = meta
  const { rows, columns, packs } = lower ?? meta
  const [pack] = packs
  if (!pack) return null
  // Only these frames of it are kept.
  const alone = { first: 0, count: pack.count }
  const copy = new Copy({ rows, columns, samples, frames: pack.count, packs: [alone] })
  const asked = { pack: 0, lower: lower !== null, ...copy.jobOf(alone) }
  copy.arrive(0, alone, await source.read(asked, copy.placeOf(alone), signal))
  const values = copy.stored(0)
  return values && { frame: pack.first, drawable: { values, rows, columns, factor: lower?.factor ?? 1 } }
}

/** Into the middle of the canvas, as large as it fits, in the shape it has in the patient, and hung as it would open. */
export function drawThumbnail(
  canvas: HTMLCanvasElement,
  meta: SeriesMeta,
  { frame, drawable }: FirstPicture,
): void {
  const { values, rows, columns } = drawable
  const whole = document.createElement('canvas')
  whole.width = columns
  whole.height = rows
  const [context, large] = [canvas.getContext('2d'), whole.getContext('2d')]
  if (!context || !large) return
  const image = large.createImageData(columns, rows)
  const window = defaultWindow(meta, { stored: values, frame })
  new Pixels().fill(values, { greys: meta, frame, window, invert: false }, new Uint32Array(image.data.buffer))
  large.putImageData(image, 0, 0)
  const turned = hungAtFirst(meta, sidesOf(meta))
  const sides = [meta.columns * meta.spacing.column, meta.rows * meta.spacing.row] as const
  const [wide, high] = liesOnItsSide(turned) ? sides.toReversed() : sides
  const scale = Math.min(canvas.width / (wide as number), canvas.height / (high as number))
  const [width, height] = [sides[0] * scale, sides[1] * scale]
  context.fillStyle = '#000'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  // From the picture outwards: turned, then mirrored, then brought to the middle.
  context.setTransform(1, 0, 0, 1, canvas.width / 2, canvas.height / 2)
  if (turned.flipped) context.scale(-1, 1)
  context.rotate((turned.rotation * Math.PI) / 180)
  context.drawImage(whole, -width / 2, -height / 2, width, height)
  context.resetTransform()
}
