/**
 * Hanging rules: how the cases of a project open, and the stages one goes through. The rule that says most about a case and is true of it
 * is taken; the earlier one where two say as much. Where none is true a case opens in one pane, with the series to show first. Pure.
 */
import type { HangingPane, HangingRule } from './hangingRules.ts'

/** Panes of each layout. */
export const LAYOUT_PANES = { one: 1, two: 2, three: 3, four: 4 } as const

/** What rules look at. */
export interface Hangable {
  readonly modality: string
  readonly bodyPart: string
}

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The series that a pane asks for; null where the case has none. */
export function seriesFor<S extends Hangable>({ series: which }: HangingPane, list: readonly S[]): S | null {
  const { modality, bodyPart, nth } = which
  const found = list.filter(
    (one) =>
      (modality === undefined || same(one.modality, modality)) &&
      (bodyPart === undefined || holds(one.bodyPart, bodyPart)),
  )
  return found[nth - 1] ?? null
}

/** The series of the prior case that is most like one: of its modality, and of its part of the body where there is such; else null. */
export function priorLike<S extends Hangable>(one: Hangable, prior: readonly S[]): S | null {
  const alike = prior.filter(({ modality }) => same(modality, one.modality))
  return alike.find(({ bodyPart }) => same(bodyPart, one.bodyPart)) ?? alike[0] ?? null
}

/** How much a rule says about a case; null where it is not true of it, or the case has not all that its first stage shows. */
export function scoreOf(
  { when, stages }: HangingRule,
  list: readonly Hangable[],
  prior: readonly Hangable[] = [],
): number | null {
  const { modalities, bodyPart, seriesAtLeast, seriesAtMost } = when
  const [first] = stages
  const said = [
    ...(modalities ?? []).map((one) => list.some(({ modality }) => same(modality, one))),
    ...(bodyPart === undefined ? [] : [list.some((one) => holds(one.bodyPart, bodyPart))]),
    ...(seriesAtLeast === undefined ? [] : [list.length >= seriesAtLeast]),
    ...(seriesAtMost === undefined ? [] : [list.length <= seriesAtMost]),
    ...(when.prior === undefined ? [] : [prior.length > 0 === when.prior]),
  ]
  const isThere = first?.panes.every((pane) => seriesFor(pane, list) !== null) ?? false
  return isThere && said.every(Boolean) ? said.length : null
}

/** Null where none is true. `prior`: the series of the prior case. */
export function ruleFor(
  rules: readonly HangingRule[],
  list: readonly Hangable[],
  prior: readonly Hangable[] = [],
): HangingRule | null {
  let best: { readonly rule: HangingRule; readonly score: number } | null = null
  for (const rule of rules) {
    const score = scoreOf(rule, list, prior)
    if (score !== null && (best === null || score > best.score)) best = { rule, score }
  }
  return best?.rule ?? null
}

const pane = (
  series: Partial<HangingPane['series']>,
  plane: HangingPane['plane'] = 'acquired',
): HangingPane => ({
  series: { nth: 1, ...series },
  plane,
})

/** For projects, and cases, of which nobody said anything. A case opens as the first stage says. */
export const USUAL_RULES: readonly HangingRule[] = [
  {
    name: 'PET beside CT',
    when: { modalities: ['CT', 'PT'] },
    stages: [{ layout: 'two', panes: [pane({ modality: 'CT' }), pane({ modality: 'PT' })], linked: true }],
  },
  ...(['DX', 'CR'] as const).map((modality) => ({
    name: 'Two X-rays side by side',
    when: { modalities: [modality], seriesAtLeast: 2, seriesAtMost: 2 },
    stages: [
      { layout: 'two' as const, panes: [pane({ modality }), pane({ modality, nth: 2 })], linked: false },
    ],
  })),
  {
    name: 'Prior beside current',
    when: { prior: true },
    stages: [{ layout: 'one', panes: [pane({})], linked: true, prior: 'beside' }],
  },
]
