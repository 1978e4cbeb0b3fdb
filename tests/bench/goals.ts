/** What is asked of a measured figure, and whether it was met. */
import { printTable, type Row } from './report.ts'

export interface Goal {
  readonly goal: string
  readonly measured: number
  readonly bound: string
  readonly met: boolean
}

export function goal(what: string, measured: number, than: '<=' | '>=', bound: number): Goal {
  return {
    goal: what,
    measured: Number(measured.toFixed(3)),
    bound: `${than === '<=' ? '≤' : '≥'} ${Number(bound.toFixed(3))}`,
    met: than === '<=' ? measured <= bound : measured >= bound,
  }
}

export function printGoals(goals: readonly Goal[]): void {
  printTable(
    'Asked and measured',
    goals.map(({ met, ...rest }): Row => ({ ...rest, met: met ? 'met' : '**not met**' })),
  )
}
