/**
 * The acts: everything that can be done to a document. Each takes the Y.Doc first, is one transaction whose origin is an `Act`,
 * and throws an `ActFault` before it writes anything where it cannot be done. Whether somebody *may* is asked elsewhere (policy/judge.ts).
 */
export { Act, ActFault, type ActFaultCode } from './act.ts'
export { annotate } from './annotate.ts'
export { moveToArchive } from './archive.ts'
export { type DecisionDraft, type DissentDraft, decide, dissent } from './decide.ts'
export { comment, openThread, resolveThread, type ThreadDraft } from './discuss.ts'
export { OwnHistory, type Undoable } from './ownHistory.ts'
export { type BroughtMask, bringMasks, bringToTop, type PaintDraft, paint, type Turn, turn } from './paint.ts'
export { type NotTaken, putBack } from './putBack.ts'
export { paintingNotTaken, putBackPainting, segmentOf } from './putBackPainting.ts'
export { differs, type Place, restore } from './restore.ts'
export { type PaintRestore, restorePainting } from './restorePainting.ts'
export { reinstate, retire } from './retract.ts'
export {
  insertVertex,
  moveVertices,
  removeVertex,
  setCertainty,
  setColour,
  setConfidence,
  setLabel,
  setName,
  setReasoning,
} from './revise.ts'
export { takeBack, turnAsAdjudicator } from './takeBack.ts'
export { takeOut } from './takeOut.ts'
export type { Group } from './undo/painting.ts'
