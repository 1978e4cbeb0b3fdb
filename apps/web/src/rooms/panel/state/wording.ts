/** How the things of a case are called: its labels, and where and in what its series are measured. */
import type { Series } from '@consilium/contract/studies'
import type { SpacingAt } from '@consilium/viewer/lengths'
import { frameWords } from '@consilium/viewer/moments'

export interface Wording {
  readonly labelTitle: (key: string) => string
  /** "slice 12"; of a film or a volume through time with its moment. */
  readonly frameWords: (series: string, frame: number) => string
  /** Where the lengths of a series hold; null where its files do not state the size of a pixel. */
  readonly spacingAt: (series: string) => SpacingAt
}

export function wordingOf(labelTitle: Wording['labelTitle'], list: readonly Series[]): Wording {
  const seriesOf = (id: string): Series | null => list.find((one) => one.id === id) ?? null
  return {
    labelTitle,
    frameWords: (id, frame) => frameWords(frame, seriesOf(id)),
    spacingAt: (id) => seriesOf(id)?.spacingAt ?? null,
  }
}
