/**
 * Which shared documents a case has, and how their names are written.
 * A document is the permission boundary: who may open one is decided by its name alone, so that nothing inside has to be filtered.
 */

/** The roots that hold entries. Each is a Y.Map of Y.Map; the key of an entry begins with the clientID that made it. */
export const ROOTS = ['annotations', 'threads', 'comments', 'decisions', 'dissents'] as const
export type RootName = (typeof ROOTS)[number]

/** Acts of painting: a Y.Map of Y.Array (kinds/mask/lanes.ts). */
export const MASKS = 'masks'
/** Which of them lie elsewhere: a Y.Map of plain values (kinds/mask/archive.ts). */
export const MASK_ARCHIVES = 'masks-archive'
export const PAINT_ROOTS = [MASKS, MASK_ARCHIVES] as const
export type PaintRoot = (typeof PAINT_ROOTS)[number]

/** All of a document: each is a Y.Map. */
export const ALL_ROOTS = [...ROOTS, ...PAINT_ROOTS] as const
export type AnyRoot = (typeof ALL_ROOTS)[number]

export type DocumentName =
  | { readonly space: 'panel'; readonly caseId: string }
  | { readonly space: 'read'; readonly caseId: string; readonly userId: string }

const ID = /^[a-z0-9]{4,32}$/

export const panelOf = (caseId: string): string => `panel:${caseId}`

/** Returns null for anything that is not exactly a document's name. */
export function parseDocumentName(name: string): DocumentName | null {
  const [space, caseId, userId, ...rest] = name.split(':')
  if (rest.length > 0 || !caseId || !ID.test(caseId)) return null
  if (space === 'panel' && userId === undefined) return { space, caseId }
  if (space === 'read' && userId && ID.test(userId)) return { space, caseId, userId }
  return null
}
