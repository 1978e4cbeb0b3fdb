/**
 * Imports as a whole: begun, looked at, finished (sorting.ts) or cancelled. What is known of them only while the server runs is in
 * underway.ts; the files that come are taken by intake.ts.
 */
import { Refusal } from '@consilium/contract/refusals'
import type { Import, Series } from '@consilium/contract/studies'
import { and, eq, sql } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import {
  heldPictures,
  type ImportState,
  importFiles,
  importSeries,
  imports,
  stagedSlices,
  unbrokenImports,
} from '../db/studies.ts'
import type { Parts } from './parts.ts'
import type { Register } from './register.ts'
import type { Sorting } from './sorting.ts'
import { Underway, UnderwayImports } from './underway.ts'

/** Ids of the series that an import brought. */
const seriesOf = (id: string) => sql<string[]>`
  (select coalesce(json_agg(${importSeries.series}), '[]') from ${importSeries} where ${importSeries.import} = ${id})`

/** Ids of what it brought that still waits, oldest first. */
const heldOf = (id: string) => sql<string[]>`
  (select coalesce(json_agg(${heldPictures.id} order by ${heldPictures.createdAt}, ${heldPictures.id}), '[]')
   from ${heldPictures} where ${heldPictures.import} = ${id})`

interface Needs {
  readonly db: Database
  readonly register: Register
  readonly sorting: Sorting
  readonly parts: Parts
  readonly seriesOf: (ids: readonly string[]) => Promise<Series[]>
}

export class Imports {
  readonly #needs: Needs
  readonly #underway = new UnderwayImports()

  constructor(needs: Needs) {
    this.#needs = needs
  }

  async begin(project: string, person: number): Promise<Import> {
    const id = newId()
    const now = Date.now()
    await this.#needs.db.orm.transaction(async (tx) => {
      await tx
        .insert(imports)
        .values({ id, project, person, state: 'receiving', createdAt: now, touchedAt: now })
      await tx.insert(unbrokenImports).values({ import: id })
    })
    this.#underway.add(id, new Underway(project, true))
    return this.get(id, person)
  }

  /** Project and state, or null where there is no such import. */
  async find(id: string): Promise<{ project: string; state: ImportState } | null> {
    const [row] = await this.#needs.db.orm
      .select({ project: imports.project, state: imports.state })
      .from(imports)
      .where(eq(imports.id, id))
    return row ?? null
  }

  /** Null where there is no such import. */
  async projectOf(id: string): Promise<string | null> {
    return this.#underway.get(id)?.project ?? (await this.find(id))?.project ?? null
  }

  /** One that takes files. */
  async open(id: string): Promise<Underway> {
    const known = this.#underway.get(id)
    if (known?.closed) throw new Refusal('import-closed')
    if (known) return known
    const found = await this.find(id)
    if (!found) throw new Refusal('not-found')
    if (found.state !== 'receiving') throw new Refusal('import-closed')
    return this.#underway.get(id) ?? this.#underway.add(id, new Underway(found.project, false))
  }

  /** File names only for the person who sent them. */
  async get(id: string, asker: number): Promise<Import> {
    // One question over one connection: three at once would each wait for one that has never seen these tables.
    const [found] = await this.#needs.db.orm
      .select({ row: imports, brought: seriesOf(id), quarantine: heldOf(id) })
      .from(imports)
      .where(eq(imports.id, id))
    if (!found) throw new Refusal('not-found')
    const { row, brought, quarantine } = found
    const { project, state, stored, refused, alreadyHere, held, leftOut } = row
    const underway = this.#underway.get(id)
    return {
      id,
      project,
      state,
      received: stored + refused + alreadyHere + held + leftOut,
      stored,
      alreadyHere,
      held,
      leftOut,
      refused,
      progress: state === 'sorting' ? (underway?.progress ?? null) : null,
      notes: state === 'done' ? (underway?.notes ?? []) : [],
      quarantine,
      files: row.person === asker ? (underway?.files ?? []) : [],
      series: await this.#needs.seriesOf(brought),
    }
  }

  /** Where it fails, the import takes files again. */
  async finish(id: string, asker: number): Promise<Import> {
    const { register, sorting } = this.#needs
    const known = this.#underway.get(id)
    const found =
      known && !known.closed ? { project: known.project, state: 'receiving' } : await this.find(id)
    if (!found) throw new Refusal('not-found')
    if (found.state === 'receiving' || found.state === 'sorting') {
      const underway = this.#underway.get(id) ?? this.#underway.add(id, new Underway(found.project, false))
      underway.closed = true
      try {
        await register.drained()
        await sorting.finish(id, found.project, underway)
      } catch (error) {
        underway.closed = false
        throw error
      }
    }
    return this.get(id, asker)
  }

  /** Leaves nothing of what came; files that are being read are dropped when they have been. Doing it again does nothing, not even noting it. */
  async cancel(id: string, note: () => Promise<void>): Promise<void> {
    const { db, register, parts } = this.#needs
    const found = await this.find(id)
    if (!found) throw new Refusal('not-found')
    if (found.state === 'cancelled') return
    const underway = this.#underway.get(id)
    if (found.state !== 'receiving' || underway?.closed) throw new Refusal('import-closed')
    const closed = underway ?? this.#underway.add(id, new Underway(found.project, false))
    closed.closed = true
    try {
      await note()
    } catch (error) {
      closed.closed = false
      throw error
    }
    await register.drained()
    const staged = await db.orm.transaction(async (tx) => {
      await tx
        .update(imports)
        .set({ state: 'cancelled', touchedAt: Date.now() })
        .where(and(eq(imports.id, id), eq(imports.state, 'receiving')))
      await tx.delete(importFiles).where(eq(importFiles.import, id))
      await tx.delete(unbrokenImports).where(eq(unbrokenImports.import, id))
      return tx
        .delete(stagedSlices)
        .where(eq(stagedSlices.import, id))
        .returning({ sha256: stagedSlices.sha256 })
    })
    await parts.forget(id)
    await register.remove(staged.map((row) => row.sha256))
  }
}
