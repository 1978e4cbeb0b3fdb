import { join } from 'node:path'
import { startServerProcess, temporaryFolder } from '../../support/server.ts'
import { type Fault, tell } from '../fault.ts'

export const fault: Fault = {
  id: 'R14',
  fault: 'a second server process is started on the data folder of one that runs',
  must: 'the second ends with a code other than 0, naming the process that has the folder; the first goes on',
  trials: { short: 2, full: 50 },
  async run(trials, seed) {
    const folder = temporaryFolder()
    const data = join(folder.path, 'data')
    const failures: string[] = []
    const first = await startServerProcess({ data, demo: true })
    try {
      for (let trial = 0; trial < trials; trial++) {
        const said = await startServerProcess({ data, demo: true }).then(
          async (second) => {
            await second.kill('SIGKILL')
            return 'it was let in'
          },
          (error: Error) => error.message,
        )
        const refused = /ended \([1-9]\d*\)/.test(said) && said.includes(`is in use by process ${first.pid}.`)
        if (!refused) failures.push(`seed ${seed + trial}: ${said}`)
        if ((trial + 1) % 10 === 0) tell(`${trial + 1} of ${trials}`)
      }
      if (!(await fetch(`${first.url}/readyz`)).ok)
        failures.push(`seed ${seed}: the first is not ready any more`)
    } finally {
      await first.kill('SIGTERM')
      folder.remove()
    }
    return { trials, failures, figures: { refused: `${trials - failures.length} of ${trials}` } }
  },
}
