/**
 * Which file of the page a module comes in. A request costs more than a few kB, so that what rooms share comes in few files; but nobody should
 * fetch what only others need. A module goes by how many rooms cannot be entered without it: what it imports is needed by those rooms too, so
 * that no two files can need each other.
 */

/** As the bundler knows it. */
export interface Modules {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[]
    readonly dynamicallyImportedIds: readonly string[]
  } | null
}

/** Ids of the modules that everything is reached from. */
export interface Roots {
  /** What every address begins with. */
  readonly start: string
  /** Imports all rooms, each when it is entered. */
  readonly rooms: string
  /** The heavy one. */
  readonly panel: string
  /** Shows work that the panel kept, and needs the whole record for it; no other room does. */
  readonly account: string
  /** What of it comes after it was opened. */
  readonly unseen: string
}

/** Each imports only from those before it. */
export const FILES = ['start', 'shared', 'record', 'panel', 'forms', 'rooms'] as const
export type File = (typeof FILES)[number]

function reached(from: string, modules: Modules, known = new Set<string>()): Set<string> {
  known.add(from)
  for (const id of modules.getModuleInfo(from)?.importedIds ?? [])
    if (!known.has(id)) reached(id, modules, known)
  return known
}

/** Tells of each module in which file it comes; null: in that of what asks for it. */
export function filesOf(
  { start, rooms, panel, account, unseen }: Roots,
  modules: Modules,
): (id: string) => File | null {
  const first = reached(start, modules)
  const opened = reached(panel, modules)
  const kept = reached(account, modules)
  const later = reached(unseen, modules)
  const needs = (modules.getModuleInfo(rooms)?.dynamicallyImportedIds ?? []).map((room) =>
    reached(room, modules),
  )
  return (id) => {
    // What is entered by an address stays by its own name.
    if (id === start || id === panel) return null
    if (first.has(id)) return 'start'
    const count = needs.filter((needed) => needed.has(id)).length
    if (opened.has(id)) {
      if (count === 1) return 'panel'
      return count === 2 && kept.has(id) ? 'record' : 'shared'
    }
    if (later.has(id)) return count > 0 ? 'forms' : null
    return count > 1 ? 'rooms' : null
  }
}
