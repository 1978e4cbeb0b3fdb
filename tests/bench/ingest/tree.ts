/** What a process and all that it started take: memory with what they share counted once (PSS), and time on the processors. From /proc, so on Linux only. */
import { readdirSync, readFileSync } from 'node:fs'

/** Of a second of processor time (USER_HZ; 100 on every Linux there is). */
const TICKS = 100
const EVERY_MS = 100

interface Stat {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
}

function stats(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name of a process may hold anything; what follows its last bracket does not.
        const fields = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? []
        // proc(5): user and system time, own and of children that have ended.
        const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
        return [{ pid: Number(name), parent: Number(fields[1]), ticks }]
      } catch {
        return [] // it has just ended
      }
    })
}

function treeOf(root: number): Stat[] {
  const all = stats()
  const tree = all.filter(({ pid }) => pid === root)
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid))
  return tree
}

/** Seconds on the processors so far. */
export const cpuOf = (root: number): number => treeOf(root).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS

function pssOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** MiB of a process with all that it started. */
export const memoryOf = (root: number): number => treeOf(root).reduce((sum, { pid }) => sum + pssOf(pid), 0)

export interface Peak {
  /** MiB: of the process with its threads, and of it with all that it started. */
  own(): number
  tree(): number
  stop(): void
}

export function watchPeak(root: number): Peak {
  let own = 0
  let tree = 0
  const look = (): void => {
    own = Math.max(own, pssOf(root))
    tree = Math.max(tree, memoryOf(root))
  }
  look()
  const timer = setInterval(look, EVERY_MS)
  return { own: () => own, tree: () => tree, stop: () => clearInterval(timer) }
}
