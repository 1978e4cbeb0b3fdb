/**
 * The earlier case that this one is looked at beside: what the page was opened with, until the server says otherwise on the live channel.
 * Its series are asked for before it counts, so that it is here as a whole or not at all. A change is news: one sentence, until it was read.
 */
import type { Prior } from '@consilium/contract/prior'
import type { Series } from '@consilium/contract/studies'
import { type Accessor, batch, createSignal, onCleanup, untrack } from 'solid-js'
import type { LinkStatus } from '../../../session/saveState.ts'
import type { Topic } from '../../../session/topic.ts'
import { priorWords } from '../layout/seriesWords.ts'

export interface PriorNews {
  readonly sentence: string
  /** There are pictures to lay beside those of the case. */
  readonly isHere: boolean
}

export interface PriorState {
  /** Null while its series are on their way. */
  readonly prior: Accessor<Prior | null>
  readonly series: Accessor<readonly Series[]>
  /** What has changed while the case was open; null once it was read. */
  readonly news: Accessor<PriorNews | null>
  readonly read: () => void
}

/** What the page was opened with. */
interface Opened {
  readonly prior: Prior | null
  readonly series: readonly Series[]
}

export function createPrior(
  opened: Opened,
  statuses: Pick<Topic<LinkStatus>, 'on'>,
  seriesOf: (caseId: string) => Promise<readonly Series[]>,
): PriorState {
  const [here, setHere] = createSignal<Opened>(opened)
  const [news, setNews] = createSignal<PriorNews | null>(null)
  /** Said last; answers about another come too late. */
  let said = opened.prior

  const show = (next: Opened, sentence: string): void =>
    batch(() => {
      setHere(next)
      setNews({ sentence, isHere: next.series.length > 0 })
    })
  const follow = async (prior: Prior): Promise<void> => {
    const { prior: before, series: known } = untrack(here)
    const series = before?.case === prior.case ? known : await seriesOf(prior.case).catch(() => null)
    if (said !== prior) return
    if (series) return show({ prior, series }, attached(prior))
    const sentence = `${attached(prior)} Its pictures could not be had; reload the page to try again.`
    show({ prior: null, series: [] }, sentence)
  }
  const stop = statuses.on(({ prior }) => {
    if (prior === undefined || same(prior, said)) return
    const before = said
    said = prior
    if (prior) void follow(prior)
    else show({ prior: null, series: [] }, `${before?.key} is no longer the prior of this case.`)
  })
  onCleanup(() => {
    stop()
    said = null
  })
  return { prior: () => here().prior, series: () => here().series, news, read: () => setNews(null) }
}

const same = (a: Prior | null, b: Prior | null): boolean => a?.case === b?.case && a?.days === b?.days

/** "Prior LN-0003, 412 days earlier, lies beside this case now." */
const attached = (prior: Prior): string =>
  `${priorWords(prior)}${prior.days === null ? '' : ','} belongs to this case now.`
