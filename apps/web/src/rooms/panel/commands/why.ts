/** Why a command cannot be done just now, in a sentence; null where it can. */
import type { Desk } from '../state/desk.ts'
import type { Act } from './command.ts'
import { isOn, SITUATION_WORDS } from './situations.ts'

export const whyNot = (act: Act, desk: Desk): string | null =>
  isOn(act.situation, desk) ? (act.denied?.(desk) ?? null) : `Only ${SITUATION_WORDS[act.situation]}.`
