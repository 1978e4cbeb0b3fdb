/** What a role may do in a project. The server obeys this table; the page greys out by it. */

export const ROLES = ['observer', 'reader', 'adjudicator', 'manager', 'auditor', 'model'] as const
export type Role = (typeof ROLES)[number]

export type Right =
  | 'see' // open the panel document, images and history
  | 'annotate' // make annotations and change one's own
  | 'amend' // change and retire annotations of others
  | 'discuss' // threads, comments, disputes, dissent
  | 'decide' // settle a dispute
  | 'import' // bring studies in
  | 'manage' // members, labels, cases
  | 'audit' // take the record away whole, with its evidence
  | 'redact' // take words out of the record for good

const RIGHTS: Record<Role, readonly Right[]> = {
  observer: ['see'],
  reader: ['see', 'annotate', 'discuss'],
  adjudicator: ['see', 'annotate', 'amend', 'discuss', 'decide', 'import', 'audit', 'redact'],
  manager: ['see', 'discuss', 'import', 'manage', 'audit', 'redact'],
  auditor: ['see', 'audit'],
  model: ['see'],
}

export const may = (role: Role | null, right: Right): boolean => role !== null && RIGHTS[role].includes(right)

/** Codes kept in journal rows. Never renumber: they are hashed. */
export const ROLE_CODES: Record<Role, number> = {
  observer: 1,
  reader: 2,
  adjudicator: 3,
  manager: 4,
  auditor: 5,
  model: 6,
}
