/** What became of one file, whoever read it, and what is wrong with that. */
import { ImagingFault } from '@consilium/imaging/fault'
import { JobFault } from '../../../apps/collab-server/src/studies/workers.ts'
import { quotes } from './planted.ts'

export interface Ending {
  readonly how: 'read' | 'refused' | 'stopped' | 'failed'
  readonly sentence: string
}

/** One sentence, with one of the openings that imaging/fault.ts has. */
const SENTENCE =
  /^(Not an? (DICOM file|NIfTI file|image)|Not supported|Truncated|Damaged|Too large)[^\n\r]{3,300}\.$/
/** The thread was ended, for its time or its memory: as it should be, but no reader should need it. */
const STOPPED = /takes longer than allowed|takes more memory than allowed|stops the reader/

export function endingOf(error: unknown): Ending {
  if (!(error instanceof ImagingFault || error instanceof JobFault))
    return {
      how: 'failed',
      sentence: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    }
  if (error instanceof JobFault && error.trace !== null)
    return { how: 'failed', sentence: `an unforeseen error: ${error.trace}` }
  return judged(error.message)
}

/** It is something known that is no picture. */
export const leftOut = (sentence: string): Ending => judged(sentence)

function judged(sentence: string): Ending {
  if (!SENTENCE.test(sentence)) return { how: 'failed', sentence: `no sentence: ${sentence}` }
  if (quotes(sentence)) return { how: 'failed', sentence: 'a sentence that quotes the file' }
  return { how: STOPPED.test(sentence) ? 'stopped' : 'refused', sentence }
}

export const READ: Ending = { how: 'read', sentence: '' }
