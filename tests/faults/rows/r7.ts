import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../../wire/page.ts'
import { Editors } from '../editor.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { finish } from '../finish.ts'
import { Installation } from '../installation.ts'
import { percentile } from '../percentiles.ts'

const EDITORS = 5

/** Counts with a sequence, because that is the one thing a transaction leaves behind that fails. */
const FUNCTION = `
  create sequence fault_commits;
  create function fault_commit() returns trigger language plpgsql security definer as $$
  begin
    perform nextval('fault_commits');
    raise exception 'could not fsync file: Input/output error' using errcode = 'io_error';
  end $$`
const trigger = (document: number): string => `
  create constraint trigger fault_commit after insert on revision deferrable initially deferred
  for each row when (new.doc = ${document}) execute function fault_commit()`

export const fault: Fault = {
  id: 'R7',
  fault: `for 0.3 to 2 s the commit of every row of one document fails with an I/O error (58030), while ${EDITORS} people edit it and ${EDITORS} another one. Forced inside the database: a deferred constraint trigger, which raises after the statement, at the commit itself`,
  must: 'not one of these rows is acknowledged; the document stops and is read anew, and when commits succeed again all of it is there once; the other document goes on meanwhile',
  trials: { short: 1, full: 20 },
  async run(trials, seed) {
    const failures: string[] = []
    const returns: number[] = []
    const installation = await Installation.make({ documents: 2 })
    try {
      await installation.start()
      const people = await installation.people()
      const [sickName, wellName] = installation.documents as [string, string]
      const sick = await Editors.open(people, sickName, EDITORS)
      const well = await Editors.open(people, wellName, EDITORS)
      const failed = await installation.database(async (sql) => {
        await sql.unsafe(FUNCTION)
        const [document] = await sql<{ id: number }[]>`select id from document where name = ${sickName}`
        for (let trial = 0; trial < trials; trial++) {
          const where = `seed ${seed + trial}`
          const random = new Random(seed + trial)
          const began = performance.now()
          sick.work(random)
          well.work(random)
          await until('both to be answered', () =>
            [sick, well].every((editors) => editors.firstToldAfter(began) !== null),
          )
          await sleep(random.between(5, 400))

          await sql.unsafe(trigger(document?.id as number))
          // What was committed before may still be on its way to the pages.
          await installation.settled()
          const armed = performance.now()
          const acknowledged = sick.acknowledged
          await until('the other document to go on', () => well.firstToldAfter(armed) !== null).catch(() =>
            failures.push(`${where}: nothing in the other document was acknowledged any more`),
          )
          await sleep(random.between(0, 1_700))
          if (sick.acknowledged > acknowledged)
            failures.push(
              `${where}: ${sick.acknowledged - acknowledged} edits were acknowledged that were not committed`,
            )
          await sql.unsafe('drop trigger fault_commit on revision')

          const healed = performance.now()
          await until('the document to come back', () => sick.firstToldAfter(healed) !== null)
          returns.push((sick.firstToldAfter(healed) as number) - healed)
          await Promise.all([sick.rest(), well.rest()])
          await Promise.all([sick.saved(), well.saved()])
          tell(`${trial + 1} of ${trials}`)
        }
        const [counted] = await sql<
          { n: number }[]
        >`select last_value::int as n from fault_commits where is_called`
        return counted?.n ?? 0
      })
      if (failed < trials) failures.push(`seed ${seed}: only ${failed} commits failed, so nothing was tried`)
      for (const [name, editors] of [
        [sickName, sick],
        [wellName, well],
      ] as const) {
        const { judgement, faults } = await finish(installation, name, editors)
        for (const what of [...judgement.lost, ...judgement.doubled, ...judgement.broken, ...faults])
          failures.push(
            `seeds ${seed} to ${seed + trials - 1}, ${editors === sick ? 'this' : 'the other'} document: ${what}`,
          )
        editors.close()
      }
      return {
        trials,
        failures,
        figures: {
          'commits that failed': failed,
          'edits acknowledged': sick.acknowledged,
          'in the other document': well.acknowledged,
          'commits succeed again to first acknowledgement, p50 ms': Math.round(percentile(returns, 0.5)),
          'p95 ms': Math.round(percentile(returns, 0.95)),
        },
      }
    } finally {
      await installation.close()
    }
  },
}
