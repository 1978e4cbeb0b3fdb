/** As a row of docs/reliability.md: `npm run faults -- simulate`. */
import { type Fault, tell } from '../faults/fault.ts'
import { simulate } from './world.ts'

const TELL_EVERY = 100

export const fault: Fault = {
  id: 'N16',
  fault:
    'Random histories of five people on up to seven pages in one document (in one process, its time simulated): lines break and mend, pages close and open again from what the browser kept, the server is killed and started, the database is away, answers of it get lost, another process writes, sessions end, roles and phases change',
  must: 'In the end every page, one that comes anew, and a replay of the journal hold the same; what was told to be saved is in it, what was refused lies in its author’s browser, nobody is refused without a reason, nobody changes what they may not, nobody is stuck',
  trials: { short: 40, full: 2_000 },
  async run(trials, seed) {
    const failures: string[] = []
    const sum = { changes: 0, saved: 0, aside: 0, rows: 0, kills: 0 }
    for (let n = 0; n < trials; n++) {
      if (n % TELL_EVERY === TELL_EVERY - 1) tell(`${n + 1} histories`)
      const { story, faults } = await simulate(seed + n)
      failures.push(...faults.map((what) => `seed ${seed + n}: ${what}`))
      const changes = story.desks.flatMap((desk) => desk.changes)
      sum.changes += changes.length
      sum.saved += changes.filter(({ told }) => told === 'saved').length
      sum.aside += changes.filter(({ told }) => told === 'aside').length
      sum.rows += story.house.disk.rows.length
      sum.kills += story.kills
    }
    return {
      trials,
      failures,
      figures: {
        changes: sum.changes,
        'told saved': sum.saved,
        'refused and kept': sum.aside,
        'journal rows': sum.rows,
        'server killed': sum.kills,
      },
    }
  },
}
