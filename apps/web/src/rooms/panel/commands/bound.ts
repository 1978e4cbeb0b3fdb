/** Which commands a key has, by the keys as they are. Pure. */
import type { Chord } from './chords.ts'
import type { Command } from './command.ts'

type KeysOf = (command: Command) => readonly Chord[]

export function boundTo(
  commands: readonly Command[],
  keysOf: KeysOf,
): ReadonlyMap<Chord, readonly Command[]> {
  const bound = new Map<Chord, Command[]>()
  for (const command of commands)
    for (const chord of keysOf(command)) {
      const sharing = bound.get(chord)
      if (sharing) sharing.push(command)
      else bound.set(chord, [command])
    }
  return bound
}
