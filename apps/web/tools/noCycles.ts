/**
 * Ends the build where two files of the page need each other: a class may then be extended before it is there, which no type check sees and
 * only the browser tells.
 */
import type { Plugin } from 'vite'

export function noCycles(): Plugin {
  return {
    name: 'no-cycles',
    apply: 'build',
    generateBundle(_, bundle) {
      const importsOf = (file: string) => {
        const made = bundle[file]
        return made?.type === 'chunk' ? made.imports : []
      }
      const cycle = cycleIn(Object.keys(bundle), importsOf)
      if (cycle !== null) this.error(`these files need each other: ${cycle.join(' -> ')}`)
    },
  }
}

/** The first cycle met, its first node again at the end; null where there is none. */
function cycleIn(
  nodes: readonly string[],
  next: (node: string) => readonly string[],
): readonly string[] | null {
  const done = new Set<string>()
  const visit = (node: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node]
    if (done.has(node)) return null
    for (const following of next(node)) {
      const cycle = visit(following, [...way, node])
      if (cycle !== null) return cycle
    }
    done.add(node)
    return null
  }
  for (const node of nodes) {
    const cycle = visit(node, [])
    if (cycle !== null) return cycle
  }
  return null
}
