/** A restore that was broken off leaves a mark in the data folder; no server starts on what may be half of a record. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../startupError.ts'

export const UNFINISHED = 'restore-unfinished'

export function mustBeFinished(folder: string): void {
  if (existsSync(join(folder, UNFINISHED)))
    throw new StartupError(
      `The data folder ${folder} holds a restore that was not finished (${UNFINISHED} in it). Delete the folder and restore again, or name another with CONSILIUM_DATA.`,
    )
}
