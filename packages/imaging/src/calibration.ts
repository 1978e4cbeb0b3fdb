/**
 * The calibrated regions of a series of ultrasound pictures: those that all of its pictures state alike and that lie inside of them. A region
 * that reaches beyond its picture was meant for another one (cut, or scaled down without its header), and so was its scale.
 */
import type { Region } from './dicom/regions.ts'
import type { Slice } from './slices.ts'

/** Their own scale; nothing where the file states the size of a pixel itself, which goes before. */
export function calibratedIn(slices: readonly Slice[]): readonly Region[] {
  const { isAlike, inside } = stated(slices)
  return isAlike && slices.every(({ spacing }) => spacing === null) ? inside : []
}

/** Whole sentences, for a physician, about where distances hold. */
export function calibrationWords(slices: readonly Slice[]): string[] {
  const { isAlike, inside, beyond } = stated(slices)
  const unit = 'The files give no pixel spacing; distances are in pixels, not in mm.'
  if (slices.some(({ spacing }) => spacing !== null)) return []
  if (!isAlike)
    return [unit, 'The pictures do not state the same ultrasound regions, so the scale of none is used.']
  return [
    inside.length === 0
      ? unit
      : 'The files give no pixel spacing but ultrasound regions with a scale: distances are in mm inside of one, and in pixels elsewhere.',
    ...(beyond > 0
      ? ['An ultrasound region reaches beyond the picture, so its scale is not believed and not used.']
      : []),
  ]
}

function stated(slices: readonly Slice[]) {
  const [first] = slices
  const regions = first?.technical.regions ?? []
  const said = JSON.stringify(sides(regions))
  const inside = regions.filter(
    ({ right, bottom }) => first && right < first.technical.columns && bottom < first.technical.rows,
  )
  return {
    // Frames of one file share theirs.
    isAlike: slices.every(
      ({ technical }) =>
        technical === first?.technical || JSON.stringify(sides(technical.regions ?? [])) === said,
    ),
    inside,
    beyond: regions.length - inside.length,
  }
}

/** Named one by one: a database does not keep the order of keys. */
const sides = (regions: readonly Region[]): number[][] =>
  regions.map(({ left, top, right, bottom, spacing }) => [
    left,
    top,
    right,
    bottom,
    spacing.row,
    spacing.column,
  ])
