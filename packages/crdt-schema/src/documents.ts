/**
 * Which shared documents a case has, and how their names are written.
 * A document is the permission boundary: who may open one is decided by its name alone, so that nothing inside has to be filtered.
 */

/** The roots of a document. Each is a Y.Map of Y.Map; the key of an entry begins with the clientID that made it. */
export const ROOTS = ['annotations', 'threads', 'comments', 'decisions', 'dissents'] as const
export type RootName = (typeof ROOTS)[number]

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
