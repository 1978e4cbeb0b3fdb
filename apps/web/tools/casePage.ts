/**
 * The page as it is handed out for an address of a case: the same page, with the code of the case's room named in its head, so that all of
 * it comes at once instead of one file finding out about the next, and before it the script that asks for the pictures meanwhile.
 */
import type { Plugin } from 'vite'

/** Made beside index.html. */
const CASE_PAGE = 'case.html'
const EARLY = 'early'
const ROOM = '/rooms/panel/PanelRoom.tsx'

interface Chunk {
  readonly type: 'chunk'
  readonly fileName: string
  readonly name: string
  readonly facadeModuleId: string | null
  readonly imports: readonly string[]
}
type Files = Record<string, Chunk | { readonly type: 'asset'; readonly source: string | Uint8Array }>

/** A chunk and all that it imports, itself first. */
function closureOf(files: Files, chunk: Chunk, known = new Set<string>()): Set<string> {
  known.add(chunk.fileName)
  for (const name of chunk.imports) {
    const next = files[name]
    if (next?.type === 'chunk' && !known.has(name)) closureOf(files, next, known)
  }
  return known
}

/** index.html with the early script before its own, and what else comes after it. */
export function casePage(index: string, early: readonly string[], room: readonly string[]): string {
  const [script, ...beside] = early
  const preload = (name: string): string => `<link rel="modulepreload" crossorigin href="/${name}">`
  const first = [`<script type="module" async crossorigin src="/${script}"></script>`, ...beside.map(preload)]
  const rest = room.filter((name) => !early.includes(name) && !index.includes(name)).map(preload)
  const indent = '\n    '
  return index
    .replace('<script type="module"', `${first.join(indent)}${indent}<script type="module"`)
    .replace('</head>', `  ${rest.join(indent)}\n  </head>`)
}

export const writeCasePage = (): Plugin => ({
  name: 'case-page',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const files = bundle as unknown as Files
      const chunks = Object.values(files).filter((file) => file.type === 'chunk')
      const index = files['index.html']
      const early = chunks.find(({ name }) => name === EARLY)
      const room = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(ROOM))
      if (index?.type !== 'asset' || !early || !room)
        throw new Error('There is no room of a case to be named')
      const source = casePage(String(index.source), [...closureOf(files, early)], [...closureOf(files, room)])
      this.emitFile({ type: 'asset', fileName: CASE_PAGE, source })
    },
  },
})
