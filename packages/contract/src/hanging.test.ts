import { describe, expect, it } from 'vitest'
import { priorLike, ruleFor, scoreOf, seriesFor, USUAL_RULES } from './hanging.ts'
import { HangingRule, HangingRules } from './hangingRules.ts'

const ct = { modality: 'CT', bodyPart: 'CHEST' }
const pt = { modality: 'PT', bodyPart: 'WHOLEBODY' }
const dx = { modality: 'DX', bodyPart: 'CHEST' }

const rule = (name: string, when: object, panes: object[] = [{}]) =>
  HangingRule.parse({ name, when, stages: [{ layout: panes.length === 2 ? 'two' : 'one', panes }] })

describe('hanging rules', () => {
  it('[V18] the rule that says most about a case is taken, and of two that say as much the first', () => {
    const rules = [
      rule('any', {}),
      rule('ct', { modalities: ['CT'] }),
      rule('chest', { bodyPart: 'chest' }),
      rule('ct of the chest', { modalities: ['ct'], bodyPart: 'chest' }),
      rule('ct of the head', { modalities: ['CT'], bodyPart: 'HEAD' }),
    ]
    expect(ruleFor(rules, [ct])?.name).toBe('ct of the chest')
    expect(ruleFor(rules, [{ ...ct, bodyPart: 'NECK' }])?.name).toBe('ct')
    expect(ruleFor(rules.slice(0, 3), [ct])?.name).toBe('ct')
    expect(ruleFor(rules, [{ modality: 'MR', bodyPart: '' }])?.name).toBe('any')
    expect(ruleFor(rules.slice(1), [{ modality: 'MR', bodyPart: '' }])).toBeNull()
  })

  it('[V18] a rule is not true of a case that has not all it shows, or too few or too many series', () => {
    expect(scoreOf(rule('pair', {}, [{}, { series: { nth: 2 } }]), [ct])).toBeNull()
    expect(scoreOf(rule('pair', {}, [{}, { series: { nth: 2 } }]), [ct, pt])).toBe(0)
    const pair = rule('two', { seriesAtLeast: 2, seriesAtMost: 2 })
    expect([[ct], [ct, ct], [ct, ct, ct]].map((list) => scoreOf(pair, list))).toEqual([null, 2, null])
  })

  it('a pane names the nth series of a kind', () => {
    const list = [ct, pt, { ...ct, bodyPart: 'ABDOMEN' }]
    const at = (series: object) => seriesFor({ series: { nth: 1, ...series }, plane: 'acquired' }, list)
    expect(at({})).toBe(list[0])
    expect(at({ modality: 'ct', nth: 2 })).toBe(list[2])
    expect(at({ bodyPart: 'whole' })).toBe(list[1])
    expect(at({ modality: 'MR' })).toBeNull()
  })

  it('[V30] a rule may ask for a prior; beside a series stands the one of the prior that is most like it', () => {
    const rules = [rule('any', {}), rule('with', { prior: true }), rule('without', { prior: false })]
    expect(ruleFor(rules, [ct], [ct])?.name).toBe('with')
    expect(ruleFor(rules, [ct], [])?.name).toBe('without')
    const head = { ...ct, bodyPart: 'HEAD' }
    expect(priorLike(ct, [pt, head, { ...ct, bodyPart: 'chest' }])?.bodyPart).toBe('chest')
    expect([priorLike(ct, [pt, head]), priorLike(dx, [pt, head])]).toEqual([head, null])
    expect(ruleFor(USUAL_RULES, [ct], [ct])?.name).toBe('Prior beside current')
  })

  it('[V19] what is wrong in them is named by its place', () => {
    const wrong = [{ name: 'x', when: {}, stages: [{ layout: 'two', panes: [{ plane: 'axial' }] }] }]
    const issue = HangingRules.safeParse(wrong).error?.issues[0]
    expect(issue?.path).toEqual([0, 'stages', 0, 'panes'])
    expect(issue?.message).toBe('the layout "two" has 2 of them, not 1')
    const full = [
      { name: 'x', when: {}, stages: [{ layout: 'three', panes: [{}, {}, {}], prior: 'beside' }] },
    ]
    expect(HangingRules.safeParse(full).error?.issues[0]?.path).toEqual([0, 'stages', 0, 'prior'])
    const unknown = HangingRules.safeParse([{ name: 'x', when: { modality: 'CT' }, stages: [] }])
    expect(unknown.error?.issues.map(({ path }) => path.join('.'))).toEqual(['0.when', '0.stages'])
  })

  it('without rules of the project PET stands beside CT and two X-rays side by side, and all else opens as one', () => {
    const names = [[ct, pt], [dx, dx], [dx], [ct], [ct, ct]].map((list) => ruleFor(USUAL_RULES, list)?.name)
    expect(names).toEqual(['PET beside CT', 'Two X-rays side by side', undefined, undefined, undefined])
    expect(HangingRules.safeParse(USUAL_RULES).success).toBe(true)
  })
})
