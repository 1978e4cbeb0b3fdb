/** What a process holds in memory, as the kernel sees it, MiB. */
import { readFileSync } from 'node:fs'

const read = (pid: number, what: string): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024
}

export const memoryOf = (pid: number): number => Math.round(read(pid, 'VmRSS'))
/** The most it ever held. */
export const peakOf = (pid: number): number => Math.round(read(pid, 'VmHWM'))

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
