/** What is said of a series beside its small picture. Pure. */
import type { Prior } from '@consilium/contract/prior'
import type { Series } from '@consilium/contract/studies'
import { extentWords } from '@consilium/viewer/moments'
import type { Progress } from '@consilium/viewer/series'
import { count } from '../../../format.ts'

/** "Series 2, CT chest, 20 slices. 5 of 20 here. In panes 1 and 3." */
export function seriesWords(
  series: Series,
  number: number,
  progress: Progress,
  panes: readonly number[],
  isPrior = false,
): string {
  const kind = [series.modality, series.bodyPart.toLowerCase()].filter(Boolean).join(' ')
  const places = panes.map((pane) => pane + 1)
  const last = places.at(-1)
  const here =
    progress.total === 0
      ? 'Not fetched'
      : progress.here === progress.total
        ? 'All here'
        : `${progress.here} of ${progress.total} here`
  const where =
    last === undefined
      ? ''
      : places.length === 1
        ? ` In pane ${last}.`
        : ` In panes ${places.slice(0, -1).join(', ')} and ${last}.`
  return `${isPrior ? 'Prior series' : 'Series'} ${number}, ${kind}, ${extentWords(series)}. ${here}.${where}`
}

/** 0 to 1. */
export const shareHere = ({ here, total }: Progress): number => (total === 0 ? 0 : here / total)

/** "Prior LN-0003, 412 days earlier"; how many days only where somebody said it. */
export const priorWords = ({ key, days }: Pick<Prior, 'key' | 'days'>): string =>
  days === null ? `Prior ${key}` : `Prior ${key}, ${count(days, 'day')} earlier`
