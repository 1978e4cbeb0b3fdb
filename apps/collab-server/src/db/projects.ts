/** Tables: projects, who is a member in which role, their labels, and their cases. Times are ms since 1970. */
import type { HangingRule } from '@consilium/contract/hangingRules'
import type { KeymapFile } from '@consilium/contract/keymap'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from './drizzle.ts'
import { people } from './people.ts'

const ms = (name: string) => bigint(name, { mode: 'number' })

export const projects = pgTable('projects', {
  id: text().primaryKey(),
  /** Prefix of its case keys: "LN". */
  key: text().notNull().unique(),
  title: text().notNull(),
  demo: boolean().notNull().default(false),
  /** Number of the next case; numbers are never used twice. */
  nextCase: integer('next_case').notNull().default(1),
  createdAt: ms('created_at').notNull(),
  /** How its cases open. */
  hanging: jsonb().notNull().$type<readonly HangingRule[]>().default([]),
  /** The keys of whoever has chosen none; null: the usual ones. */
  keymap: jsonb().$type<KeymapFile>(),
})

export const members = pgTable(
  'members',
  {
    project: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    person: integer()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text().notNull().$type<Role>(),
  },
  (table) => [
    primaryKey({ columns: [table.project, table.person] }),
    index('members_person').on(table.person),
  ],
)

export const labels = pgTable(
  'labels',
  {
    project: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    title: text().notNull(),
    colour: integer().notNull(),
    /** Order in which they are offered. */
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.key] })],
)

export const cases = pgTable(
  'cases',
  {
    id: text().primaryKey(),
    project: text()
      .notNull()
      .references(() => projects.id),
    number: integer().notNull(),
    phase: text().notNull().$type<Phase>(),
    createdAt: ms('created_at').notNull(),
    /** An earlier case of the project, and how many days earlier it was taken, as somebody said. */
    prior: text().references((): AnyPgColumn => cases.id),
    priorDays: integer('prior_days'),
  },
  (table) => [unique('cases_number').on(table.project, table.number)],
)
