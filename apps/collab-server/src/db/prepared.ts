/**
 * What drizzle asks is asked with the same words again and again, but postgres.js does not know that: it lets the database read them anew
 * each time, and asks what their parameters are before it says them. Short queries are kept by the database instead, one question each.
 */
import type { Sql } from './open.ts'

/** Lists of values make words of their own for every length; beyond this nothing is kept. */
const MOST_PARAMETERS = 8

export const prepared = (sql: Sql): Sql =>
  new Proxy(sql, {
    get: (target, name) => (name === 'unsafe' ? unsafe(target) : Reflect.get(target, name)),
  })

const unsafe =
  (sql: Sql): Sql['unsafe'] =>
  (words, parameters = [], options = {}) =>
    sql.unsafe(words, parameters, { prepare: parameters.length <= MOST_PARAMETERS, ...options })
