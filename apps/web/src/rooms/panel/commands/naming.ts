/** A command as people read it: with the name it has in this case. */
import type { Desk } from '../state/desk.ts'
import type { Command } from './command.ts'

export function titleIn(command: Command, desk: Desk): string {
  const now = command.now?.(desk) ?? null
  return now === null ? command.title : `${command.title}: ${now}`
}
