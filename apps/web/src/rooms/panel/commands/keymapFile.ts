/**
 * A keymap as a file: JSON with a name and a version, the profile, and only what was changed. It may come from anybody, so every part of it
 * is checked, and what is wrong is said in sentences; nothing of a damaged file is taken. The browser keeps the same text.
 */
import type { KeymapFile } from '@consilium/contract/keymap'
import { type Command, PROFILES, type Profile } from './command.ts'
import { type Changes, faultsIn, type Keymap } from './keymap.ts'

const FORMAT = 'consilium-keymap'
const VERSION = 1
/** As the server has it (contract/keymap.ts), which pages load without. */
const LONGEST = 100_000
/** Faults that are told; after these it is plain that it is the wrong file. */
const MOST_TOLD = 5

type Read = { readonly keymap: Keymap } | { readonly faults: readonly string[] }

export const keymapFile = ({ profile, changes }: Keymap): KeymapFile => ({
  format: FORMAT,
  version: VERSION,
  profile,
  keys: { radiology: plain(changes.radiology), annotator: plain(changes.annotator) },
})

const plain = (changes: Changes): Record<string, string[]> =>
  Object.fromEntries(Object.entries(changes).map(([id, chords]) => [id, [...chords]]))

export const keymapText = (keymap: Keymap): string => `${JSON.stringify(keymapFile(keymap), null, 2)}\n`

export function readKeymap(text: string, commands: readonly Command[]): Read {
  if (text.length > LONGEST) return refused('This file is too long to be a keymap.')
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return refused('This file is not JSON, or it is damaged.')
  }
  if (!isObject(file) || file.format !== FORMAT) return refused('This file is not a keymap of Consilium.')
  if (file.version !== VERSION)
    return refused(`This keymap is of version ${String(file.version)}; this page reads version ${VERSION}.`)
  if (!isProfile(file.profile))
    return refused(`Its profile is neither “${PROFILES[0]}” nor “${PROFILES[1]}”.`)
  const keys = isObject(file.keys) ? file.keys : {}
  const [radiology, annotator] = [changesOf(keys.radiology), changesOf(keys.annotator)]
  if (!radiology || !annotator)
    return refused('Its keys are not lists of words under the commands of both profiles.')
  const keymap: Keymap = { profile: file.profile, changes: { radiology, annotator } }
  const faults = faultsIn(keymap, commands)
  return faults.length === 0 ? { keymap } : { faults: told(faults) }
}

function told(faults: readonly string[]): readonly string[] {
  const more = faults.length - MOST_TOLD
  return more > 0 ? [...faults.slice(0, MOST_TOLD), `And ${more} more.`] : faults
}

const refused = (fault: string): Read => ({ faults: [fault] })

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isProfile = (value: unknown): value is Profile => PROFILES.some((profile) => profile === value)

function changesOf(value: unknown): Changes | null {
  if (!isObject(value)) return null
  const isChords = (chords: unknown): chords is string[] =>
    Array.isArray(chords) && chords.every((chord) => typeof chord === 'string')
  const entries = Object.entries(value)
  return entries.every((entry): entry is [string, string[]] => isChords(entry[1]))
    ? Object.fromEntries(entries)
    : null
}
