/**
 * Files as people give them: dropped folders, dropped files, or chosen in a dialog; with their path inside what was given.
 * What an operating system leaves in folders (.DS_Store, Thumbs.db) is left out and counted, never sent.
 */

export interface Picked {
  readonly file: File
  /** Path inside what was given, e.g. "ct_0413/IM000207.dcm". Only shown and echoed; it is not stored. */
  readonly path: string
}

export interface Gathered {
  readonly files: readonly Picked[]
  readonly leftOut: number
}

const DEBRIS = new Set(['thumbs.db', 'desktop.ini', '__macosx'])

/** True for files nobody means: hidden ones and what systems leave behind. */
export function isDebris(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || DEBRIS.has(part.toLowerCase()))
}

/** In the order of a file manager: IM2 before IM10. Browsers hand files over in any order. */
const byPath = new Intl.Collator('en', { numeric: true })

export function sift(files: readonly Picked[]): Gathered {
  const meant = files.filter((one) => !isDebris(one.path)).toSorted((a, b) => byPath.compare(a.path, b.path))
  return { files: meant, leftOut: files.length - meant.length }
}

export function fromInput(list: FileList | null): Gathered {
  return sift([...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })))
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

/** A directory hands its entries out in batches; an empty batch is the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (batch.length === 0) return all
    all.push(...batch)
  }
}

async function walk(entry: FileSystemEntry, into: Picked[]): Promise<void> {
  if (entry.isFile) {
    into.push({ file: await fileOf(entry as FileSystemFileEntry), path: entry.fullPath.replace(/^\//, '') })
  } else if (entry.isDirectory) {
    for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) await walk(child, into)
  }
}

/** Must be called while the drop event is being handled: afterwards the browser forgets what was dropped. */
export async function fromDrop(transfer: DataTransfer): Promise<Gathered> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry ? [entry] : []
  })
  const plain = [...transfer.files].map((file) => ({ file, path: file.name }))
  if (entries.length === 0) return sift(plain)
  const files: Picked[] = []
  for (const entry of entries) await walk(entry, files)
  return sift(files)
}
