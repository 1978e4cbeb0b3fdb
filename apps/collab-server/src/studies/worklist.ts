/**
 * The cases of a project as a list shows them: what is in each, how far it is, who is in there now.
 * One query for all; the counts inside documents come from tallies.ts.
 */

import type { Person } from '@consilium/contract/people'
import type { Case } from '@consilium/contract/projects'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Database, Sql } from '../db/open.ts'
import { changes } from '../journal/update.ts'
import type { Tallies } from './tallies.ts'

export interface WorklistParts {
  readonly db: Pick<Database, 'sql'>
  readonly tallies: Tallies
  /** Who has the case's document open. */
  readonly here: (caseId: string) => Promise<readonly Person[]> | readonly Person[]
}

interface Row {
  id: string
  project: string
  prefix: string
  number: number
  phase: Phase
  series: number
  slices: number
  cover: string | null
  modality: string | null
  body_part: string | null
  slice_spacing: number | null
  doc: number | null
  head: number | null
  changed_seq: number | null
  changed_at: number | null
}

export async function casesOf(parts: WorklistParts, project: string): Promise<Case[]> {
  const rows = await query(parts.db.sql, parts.db.sql`c.project = ${project}`)
  return Promise.all(rows.map((row) => describe(parts, row)))
}

export async function caseOf(parts: WorklistParts, id: string): Promise<Case | null> {
  const [row] = await query(parts.db.sql, parts.db.sql`c.id = ${id}`)
  return row ? describe(parts, row) : null
}

/** Newest case first. The cover is the largest stack, the latest of equal ones. */
function query(sql: Sql, which: ReturnType<Sql>): Promise<Row[]> {
  return sql<Row[]>`
    select c.id, c.project, p.key as prefix, c.number, c.phase,
      coalesce(total.series, 0)::int as series, coalesce(total.slices, 0)::int as slices,
      cover.id as cover, cover.modality, cover.body_part, cover.slice_spacing,
      d.id as doc, d.head_seq as head, edit.seq as changed_seq, edit.at as changed_at
    from cases c
    join projects p on p.id = c.project
    left join lateral (
      select count(*) as series, sum(s.slices) as slices from series s where s.case = c.id
    ) total on true
    left join lateral (
      select s.id, s.modality, s.body_part, s.slice_spacing from series s
      where s.case = c.id order by s.slices desc, s.created_at desc limit 1
    ) cover on true
    left join document d on d.name = 'panel:' || c.id
    left join lateral (
      select r.seq, r.at from revision r where r.doc = d.id and ${changes(sql)} order by r.seq desc limit 1
    ) edit on true
    where ${which}
    order by c.number desc`
}

async function describe({ tallies, here }: WorklistParts, row: Row): Promise<Case> {
  // Whoever opens a case leaves rows that change nothing in it: what it holds is not counted again for those.
  const { annotations, openDisputes } = await (row.doc === null
    ? { annotations: 0, openDisputes: 0 }
    : tallies.at(row.doc, row.changed_seq ?? 0))
  return {
    id: row.id,
    key: `${row.prefix}-${String(row.number).padStart(4, '0')}`,
    project: row.project,
    phase: row.phase,
    title: titleOf(row.modality, row.body_part),
    series: row.series,
    slices: row.slices,
    sliceSpacing: row.slice_spacing,
    coverSeries: row.cover,
    openDisputes,
    annotations,
    revisions: row.head ?? 0,
    changedAt: row.changed_at,
    here: [...(await here(row.id))],
  }
}

/** "CT chest"; "Images" where the files say neither. */
export function titleOf(modality: string | null, bodyPart: string | null): string {
  const words = [modality ?? '', (bodyPart ?? '').toLowerCase()].filter(Boolean)
  return words.length > 0 ? words.join(' ') : 'Images'
}
