/** How the case opens, and the stages one goes through: by the rule of the project that says most about it, else by the usual ones. */

import { priorLike, ruleFor, seriesFor, USUAL_RULES } from '@consilium/contract/hanging'
import type { HangingPane, HangingRule, HangingStage } from '@consilium/contract/hangingRules'
import type { Series } from '@consilium/contract/studies'
import type { Window } from '@consilium/viewer/scene'
import { fromFile, presetsFor } from '@consilium/viewer/window'
import { type Accessor, batch, createMemo, createSignal, untrack } from 'solid-js'
import type { Linking } from './linking.ts'
import type { Panes } from './panes.ts'
import type { Hung, SeriesState } from './series.ts'
import { sameSpace } from './space.ts'

export interface Hanging {
  readonly rule: Accessor<HangingRule | null>
  /** Lays the series of the prior that is most like it beside the one in the active pane, as that is seen now. */
  readonly besidePrior: () => void
  /** From 0. */
  readonly stage: () => number
  /** Why there is no stage so many further; null where there is. */
  readonly denied: (by: 1 | -1) => string | null
  readonly go: (by: 1 | -1) => void
}

export function createHanging(
  rules: readonly HangingRule[],
  series: SeriesState,
  panes: Panes,
  linking: Linking,
): Hanging {
  // Another prior may make another rule true.
  const rule = createMemo(
    () => ruleFor(rules, series.list, series.prior) ?? ruleFor(USUAL_RULES, series.list, series.prior),
  )
  // A stage that shows what this case has not is left out.
  const stages = (): readonly HangingStage[] =>
    (rule()?.stages ?? []).filter((one) => one.panes.every((pane) => seriesFor(pane, series.list)))
  const [stage, setStage] = createSignal(0)

  const show = (shown: HangingStage): void =>
    batch(() => {
      const { layout, panes: wanted, linked, prior } = shown
      const put = (pane: HangingPane, found: Series | null): Hung => {
        const window = found && windowFor(pane, found)
        if (window) panes.setLook(found.id, { window })
        return { series: found?.id ?? null, slicing: { kind: pane.plane } }
      }
      const isUsual = USUAL_RULES.some(({ stages }) => stages.includes(shown))
      const own = wantedOf(wanted, series.list, linked && isUsual)
      const pairs = prior === undefined ? null : besidePrior(own, series.prior)
      if (pairs)
        panes.hang(
          pairs.length > 1 ? 'four' : 'two',
          pairs.flatMap(({ pane, found, like }) => [put(pane, found), put(pane, like)]),
        )
      else
        panes.hang(
          layout,
          own.map(({ pane, found }) => put(pane, found)),
        )
      linking.setMode(linked ? 'place' : 'off')
    })
  const [first] = untrack(stages)
  if (first) show(first)

  const denied = (by: 1 | -1): string | null => {
    if (stages().length < 2)
      return 'This case has one way to hang. A project’s hanging rules may name several.'
    return stages()[stage() + by] ? null : by > 0 ? 'This is the last stage.' : 'This is the first stage.'
  }
  return {
    rule,
    stage,
    denied,
    besidePrior: () => {
      const own = series.isPrior(series.current()?.id) ? series.list[0] : series.current()
      const like = own && (priorLike(own, series.prior) ?? series.prior[0])
      if (!own || !like) return
      const slicing = series.slicing(panes.active())
      batch(() => {
        panes.hang('two', [
          { series: own.id, slicing },
          { series: like.id, slicing },
        ])
        linking.setMode('place')
      })
    },
    go: (by) => {
      const next = stages()[stage() + by]
      if (!next) return
      setStage((now) => now + by)
      show(next)
    },
  }
}

interface Wanted {
  readonly pane: HangingPane
  readonly found: Series | null
}

/** `isTogether`: of those a pane asks for the ones that lie in the space of the first pane's are preferred. */
function wantedOf(
  panes: readonly HangingPane[],
  list: readonly Series[],
  isTogether: boolean,
): readonly Wanted[] {
  const first = panes[0] && seriesFor(panes[0], list)
  const near = isTogether && first ? list.filter((one) => sameSpace(one, first)) : []
  return panes.map((pane) => ({ pane, found: seriesFor(pane, near) ?? seriesFor(pane, list) }))
}

/** Each with what stands beside it; null where the prior has not all of that. */
function besidePrior(
  own: readonly Wanted[],
  prior: readonly Series[],
): readonly (Wanted & { readonly like: Series })[] | null {
  const pairs = own.flatMap((one) => {
    const like = one.found && priorLike(one.found, prior)
    return like ? [{ ...one, like }] : []
  })
  return pairs.length === own.length ? pairs : null
}

/** By name one of the file or a preset of its kind; null where it has none of that name. */
export function windowFor({ window }: HangingPane, series: Series): Window | null {
  if (typeof window !== 'string') return window ?? null
  const found = [...fromFile(series), ...presetsFor(series)].find(
    ({ name }) => name.toLowerCase() === window.toLowerCase(),
  )
  if (!found) return null
  const { center, width, table } = found
  return table === undefined ? { center, width } : { center, width, table }
}
