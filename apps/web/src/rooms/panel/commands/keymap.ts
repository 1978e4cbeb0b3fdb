/**
 * The keys a person has: a profile, and what was changed in it. What somebody chose stands; a usual key gives way to a chosen one, so that
 * new commands of a later version never take a key away. Pure; kept by state/keymap.ts.
 */
import { type Chord, chordFault } from './chords.ts'
import { type Command, PROFILES, type Profile } from './command.ts'
import { clash } from './meant.ts'

export type Changes = Readonly<Record<string, readonly Chord[]>>

export interface Keymap {
  readonly profile: Profile
  /** By the id of the command; none: it has no key. */
  readonly changes: Readonly<Record<Profile, Changes>>
}

export const USUAL: Keymap = { profile: 'radiology', changes: { radiology: {}, annotator: {} } }

/** The keys of every command as they are. */
export function keysIn(
  { profile, changes }: Keymap,
  commands: readonly Command[],
): ReadonlyMap<string, readonly Chord[]> {
  const chosen = commands.filter(({ id }) => changes[profile][id])
  const isTaken = (command: Command, chord: Chord): boolean =>
    chosen.some((other) => changes[profile][other.id]?.includes(chord) && clash(command, other))
  return new Map(
    commands.map((command) => [
      command.id,
      changes[profile][command.id] ?? command.keys[profile].filter((chord) => !isTaken(command, chord)),
    ]),
  )
}

/** Who has a key that this command is to get, in the same situation. */
export function holdersOf(
  keymap: Keymap,
  commands: readonly Command[],
  command: Command,
  chords: readonly Chord[],
): readonly Command[] {
  const keys = keysIn(keymap, commands)
  return commands.filter(
    (other) => clash(command, other) && keys.get(other.id)?.some((chord) => chords.includes(chord)),
  )
}

/** Gives a command these keys, its usual ones for null; whoever had one of them loses it. */
export function withKeys(
  keymap: Keymap,
  commands: readonly Command[],
  command: Command,
  chords: readonly Chord[] | null,
): Keymap {
  const { profile, changes } = keymap
  const wanted = chords ?? command.keys[profile]
  const now = keysIn(keymap, commands)
  const next: Record<string, readonly Chord[]> = { ...changes[profile] }
  for (const { id } of holdersOf(keymap, commands, command, wanted))
    next[id] = (now.get(id) ?? []).filter((chord) => !wanted.includes(chord))
  delete next[command.id]
  if (!same(wanted, command.keys[profile])) next[command.id] = wanted
  return { profile, changes: { ...changes, [profile]: next } }
}

/** All usual keys of the profile again. */
export const reset = ({ profile, changes }: Keymap): Keymap => ({
  profile,
  changes: { ...changes, [profile]: {} },
})

/** What is wrong with the changes, each in a sentence: commands that do not exist, what is no key, one key for two. */
export function faultsIn(keymap: Keymap, commands: readonly Command[]): readonly string[] {
  const known = new Map(commands.map((command) => [command.id, command]))
  return PROFILES.flatMap((profile) => {
    const chosen = Object.entries(keymap.changes[profile])
    return chosen.flatMap(([id, chords], index) => {
      const command = known.get(id)
      if (!command) return [`“${id}” is no command of this version.`]
      const wrong = chords.flatMap((chord) => {
        const fault = chordFault(chord)
        return fault === null ? [] : [`“${chord}”, for “${command.title}”, ${fault}.`]
      })
      const twice = chosen.slice(index + 1).flatMap(([otherId, others]) => {
        const other = known.get(otherId)
        const shared =
          other && clash(command, other) ? chords.find((chord) => others.includes(chord)) : undefined
        return other && shared !== undefined
          ? [`“${shared}” is given to “${command.title}” and to “${other.title}”.`]
          : []
      })
      return [...wrong, ...twice]
    })
  })
}

const same = (a: readonly Chord[], b: readonly Chord[]): boolean =>
  a.length === b.length && a.every((chord, index) => chord === b[index])
