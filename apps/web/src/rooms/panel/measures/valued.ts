/** The tag of the chosen shape says the mean of what lies inside of it. Of the others nothing is computed. */
import type { SceneAnnotation } from '@consilium/viewer/scene'
import { type Accessor, createMemo } from 'solid-js'
import type { Desk } from '../state/desk.ts'
import { meanText } from './valueLines.ts'
import { roiOf } from './values.ts'

/** The annotations of a scene, that one with its values; the same list where nothing is chosen. */
export function valued(
  desk: Desk,
  annotations: Accessor<readonly SceneAnnotation[]>,
): Accessor<readonly SceneAnnotation[]> {
  const chosen = createMemo(() => {
    const id = desk.choices.selection()
    return id === null ? -1 : annotations().findIndex(({ annotation }) => annotation.id === id)
  })
  const chosenEntry = createMemo(() => annotations()[chosen()])
  const values = createMemo((): string | null => {
    const entry = chosenEntry()
    const series = entry && desk.series.list.find(({ id }) => id === entry.annotation.source.series)
    const roi = entry && roiOf(desk, entry.annotation)
    return roi && typeof roi !== 'string' && series ? meanText(roi, series) : null
  })
  return createMemo(() => {
    const [list, entry, told] = [annotations(), chosenEntry(), values()]
    return told === null || !entry ? list : list.with(chosen(), { ...entry, values: told })
  })
}
