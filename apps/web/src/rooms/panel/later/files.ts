/** The files of the room that a case opens without. Once they are here all of the room works without a connection. */
import { KONVA } from '@consilium/viewer/layers'
import { type LateFile, late, lateFile } from '../../../parts/lateFile.ts'

/** What nobody sees at first. */
export const UNSEEN = lateFile(() => import('./unseen.ts'))

/** What paints marks; the pictures ask for it with the first one. */
export const MARKS = late(KONVA)

export const LATE_FILES: readonly LateFile<unknown>[] = [UNSEEN, MARKS]
