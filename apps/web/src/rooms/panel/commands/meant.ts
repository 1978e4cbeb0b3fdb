/** Which of the commands that share a key is meant: of the strongest situation that is on. A tap and a hold share a key in peace. Pure. */
import { type Act, type Command, type Hold, isHold } from './command.ts'
import { SITUATIONS, type Situation } from './situations.ts'

export interface Meant {
  /** Done when the key goes down; where the key also holds something, when it was only tapped. */
  readonly act: Act | null
  readonly hold: Hold | null
}

export function meantBy(sharing: readonly Command[], isOn: (situation: Situation) => boolean): Meant | null {
  for (const situation of SITUATIONS) {
    const here = sharing.filter((command) => command.situation === situation)
    if (here.length > 0 && isOn(situation))
      return {
        act: here.find((command): command is Act => !isHold(command)) ?? null,
        hold: here.find(isHold) ?? null,
      }
  }
  return null
}

/** True where one key cannot stand for both: nothing would tell which is meant. */
export const clash = (one: Command, other: Command): boolean =>
  one.id !== other.id && one.situation === other.situation && isHold(one) === isHold(other)
