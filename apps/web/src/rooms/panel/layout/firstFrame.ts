/** What a pane opens a series with. */
import type { Series } from '@consilium/contract/studies'
import { frameOf, momentOf } from '@consilium/viewer/moments'
import type { View } from '@consilium/viewer/scene'

/** The middle slice, of the moment that the active pane shows of this series, else of the first; a film from its beginning. */
export function firstFrame(
  series: Pick<Series, 'id' | 'slices' | 'moments' | 'times'> | null,
  view: Pick<View, 'series' | 'frame'> | null,
): number {
  if (!series) return 0
  const moment = view?.series === series.id ? momentOf(view.frame, series) : 0
  return frameOf(Math.floor(series.slices / 2), moment, series)
}
