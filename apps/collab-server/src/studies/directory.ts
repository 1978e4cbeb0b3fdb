/**
 * What a disc's directory (DICOMDIR) promised and did not come. Names are only compared, in the memory of this run: what is said of them is
 * their number. A disc's names are of ISO 9660: their case says nothing, and a version (`;1`) or a lone dot may hang on them (PS3.12 F.2).
 */

/** A DICOMDIR that came in an import. */
export interface CameDirectory {
  /** As given by whoever sent it, also inside an archive; what it references is looked for from its folder. */
  readonly name: string
  /** Directory.files of @consilium/imaging/directory. */
  readonly files: readonly (readonly string[])[]
}

/**
 * One sentence for each directory that names files that did not come.
 * @param names of all files that came, as given. Where none of them says its folder, nothing can be said of what is missing.
 */
export function missingNotes(directories: readonly CameDirectory[], names: readonly string[]): string[] {
  if (directories.length === 0) return []
  const came = new Set(names.map((name) => keyOf(partsOf(name))))
  const flat = names.every((name) => partsOf(name).length === 1)
  return directories.flatMap(({ name, files }) => {
    const folder = partsOf(name).slice(0, -1)
    const named = new Set(files.map((path) => keyOf([...folder, ...path])))
    const missing = [...named].filter((path) => !came.has(path)).length
    if (missing === 0 || (flat && files.some((path) => path.length > 1))) return []
    return [`A disc’s directory (DICOMDIR) names ${count(named.size, 'file')}; ${missing} did not come.`]
  })
}

/** Folders are told apart by either slash, archives by the sign between them and what they hold (archive.ts). */
const partsOf = (name: string): string[] =>
  name.split(/ › |[/\\]/).filter((part) => part !== '' && part !== '.')

/** No name holds a slash. */
const keyOf = (parts: readonly string[]): string =>
  parts.map((part) => part.toUpperCase().replace(/;\d+$/, '').replace(/\.$/, '')).join('/')

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
