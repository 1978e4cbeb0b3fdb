/** Projects, their labels, and the cases in them. What a case contains is known to studies and journal, not here. */

import type { HangingRule } from '@consilium/contract/hangingRules'
import type { KeymapFile } from '@consilium/contract/keymap'
import type { Label } from '@consilium/contract/projects'
import { Refusal } from '@consilium/contract/refusals'
import type { Phase } from '@consilium/crdt-schema/policy'
import { and, asc, eq, ne, sql } from '../db/drizzle.ts'
import { isUniqueViolation } from '../db/errors.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import { cases, labels, projects as table } from '../db/projects.ts'
import type { Notice } from '../notice.ts'
import type { Who } from '../people/whoIs.ts'

export interface ProjectRecord {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly demo: boolean
}

export interface CaseRecord {
  readonly id: string
  /** As people say it: "LN-0147". */
  readonly key: string
  readonly projectId: string
  readonly phase: Phase
}

/** What whoever runs a project says of how its cases are worked on. */
export interface Settings {
  /** How they open. */
  readonly hanging: HangingRule[]
  /** The keys of whoever has chosen none; null: the usual ones. */
  readonly keymap: KeymapFile | null
}

export interface PhaseChange {
  readonly caseId: string
  readonly phase: Phase
  readonly by: Who
}

export interface Projects {
  byId(id: string): Promise<ProjectRecord | null>
  /** All, by title. */
  list(): Promise<ProjectRecord[]>
  /** Refuses with `name-taken`. */
  create(project: {
    title: string
    key: string
    labels: readonly Label[]
    demo?: boolean
  }): Promise<ProjectRecord>
  labelsOf(projectId: string): Promise<Label[]>
  settingsOf(projectId: string): Promise<Settings>
  /** What is not named stays. */
  setSettings(projectId: string, settings: Partial<Settings>): Promise<void>
  caseById(id: string): Promise<CaseRecord | null>
  /** Newest number first. */
  casesOf(projectId: string): Promise<CaseRecord[]>
  /** Opens the next case of a project, inside the caller's transaction where one is given. */
  addCase(projectId: string, inside?: Pick<Database['orm'], 'insert' | 'update'>): Promise<CaseRecord>
  /** Does nothing where the case is in that phase already. Resolves when the change stands in the journal. */
  setPhase(caseId: string, phase: Phase, by: Who): Promise<void>
  /** Told after the change is in the database; whoever made it waits for the listeners. */
  onPhase(listener: (change: PhaseChange) => void | Promise<void>): () => void
}

/** Kept in memory, some hundred bytes each; beyond it they are read anew. */
const MOST_CASES = 1_000

const COLUMNS = { id: table.id, key: table.key, title: table.title, demo: table.demo }
const CASE_COLUMNS = {
  id: cases.id,
  number: cases.number,
  prefix: table.key,
  projectId: cases.project,
  phase: cases.phase,
}

/** What a project starts with where nobody says otherwise. */
const FIRST_LABELS: readonly Label[] = [
  { key: 'finding', title: 'Finding', colour: 1 },
  { key: 'other', title: 'Other', colour: 2 },
]

export function createProjects({ orm }: Pick<Database, 'orm'>, phases: Notice<PhaseChange>): Projects {
  /** One change after the other: they are told in the order in which they stand in the database. */
  let turn: Promise<unknown> = Promise.resolve()
  // Asked again and again: written once, not each time.
  const project = orm
    .select(COLUMNS)
    .from(table)
    .where(eq(table.id, sql.placeholder('id')))
    .prepare('project')
  const oneCase = orm
    .select(CASE_COLUMNS)
    .from(cases)
    .innerJoin(table, eq(table.id, cases.project))
    .where(eq(cases.id, sql.placeholder('id')))
    .prepare('case')

  /** What a record tells of a project never changes once it is made. */
  const known = new Map<string, ProjectRecord>()
  /** Every request about a document asks for its case; only the phase of one changes, and only here. */
  const knownCases = new Map<string, CaseRecord>()
  /** A phase that was read before a change must not be kept after it. */
  let epoch = 0

  return {
    async byId(id) {
      const record = known.get(id) ?? (await project.execute({ id }))[0] ?? null
      if (record) known.set(id, record)
      return record
    },
    list: () => orm.select(COLUMNS).from(table).orderBy(asc(table.title)),
    async create({ title, key, labels: wanted, demo = false }) {
      const list = wanted.length > 0 ? wanted : FIRST_LABELS
      const twice = list.findIndex((label, at) => list.findIndex((other) => other.key === label.key) !== at)
      if (twice >= 0)
        throw new Refusal('invalid-body', {
          message: 'Two labels have the same key.',
          field: `labels.${twice}.key`,
        })
      const project = { id: newId(), key, title: title.trim(), demo }
      try {
        await orm.transaction(async (tx) => {
          await tx.insert(table).values({ ...project, createdAt: Date.now() })
          await tx
            .insert(labels)
            .values(list.map((label, position) => ({ ...label, project: project.id, position })))
        })
      } catch (error) {
        if (isUniqueViolation(error)) throw new Refusal('name-taken', { field: 'key' })
        throw error
      }
      return project
    },
    labelsOf: (projectId) =>
      orm
        .select({ key: labels.key, title: labels.title, colour: labels.colour })
        .from(labels)
        .where(eq(labels.project, projectId))
        .orderBy(asc(labels.position)),
    async settingsOf(projectId) {
      const [row] = await orm
        .select({ hanging: table.hanging, keymap: table.keymap })
        .from(table)
        .where(eq(table.id, projectId))
      return { hanging: [...(row?.hanging ?? [])], keymap: row?.keymap ?? null }
    },
    async setSettings(projectId, settings) {
      await orm.update(table).set(settings).where(eq(table.id, projectId))
    },
    async caseById(id) {
      const kept = knownCases.get(id)
      if (kept) return kept
      const asked = epoch
      const [row] = await oneCase.execute({ id })
      if (!row) return null
      const record = named(row)
      if (knownCases.size >= MOST_CASES) knownCases.clear()
      if (asked === epoch) knownCases.set(id, record)
      return record
    },
    async casesOf(projectId) {
      const rows = await orm
        .select(CASE_COLUMNS)
        .from(cases)
        .innerJoin(table, eq(table.id, cases.project))
        .where(eq(cases.project, projectId))
        .orderBy(sql`${cases.number} desc`)
      return rows.map(named)
    },
    async addCase(projectId, inside = orm) {
      const [project] = await inside
        .update(table)
        .set({ nextCase: sql`${table.nextCase} + 1` })
        .where(eq(table.id, projectId))
        .returning({ prefix: table.key, next: table.nextCase })
      if (!project) throw new Refusal('not-found')
      const made = { id: newId(), number: project.next - 1, phase: 'panel' as const }
      await inside.insert(cases).values({ ...made, project: projectId, createdAt: Date.now() })
      return named({ ...made, projectId, prefix: project.prefix })
    },
    setPhase(caseId, phase, by) {
      const mine = turn.then(async () => {
        const changed = await orm
          .update(cases)
          .set({ phase })
          .where(and(eq(cases.id, caseId), ne(cases.phase, phase)))
          .returning({ id: cases.id })
          .finally(() => {
            epoch++
            knownCases.delete(caseId)
          })
        const [failure] = changed.length > 0 ? await phases.tell({ caseId, phase, by }) : []
        if (failure) throw failure
      })
      turn = mine.catch(() => undefined) // told to whoever asked
      return mine
    },
    onPhase: phases.on,
  }
}

function named(row: {
  id: string
  number: number
  prefix: string
  projectId: string
  phase: Phase
}): CaseRecord {
  return {
    id: row.id,
    key: `${row.prefix}-${String(row.number).padStart(4, '0')}`,
    projectId: row.projectId,
    phase: row.phase,
  }
}
