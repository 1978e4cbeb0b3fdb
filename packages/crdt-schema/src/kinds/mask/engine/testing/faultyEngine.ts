/** Runs in a thread of its own: tries the engine that lies in a folder until a trial finds something wrong. */
import { parentPort, workerData } from 'node:worker_threads'
import type { MaskEngine } from '../engine.ts'
import { trial } from './trial.ts'

const { folder, seeds } = workerData as { folder: string; seeds: number }
const engine = (await import(`${folder}/engine.ts`)) as { MaskEngine: typeof MaskEngine }
let found: string | null = null
for (let seed = 0; seed < seeds && found === null; seed++) {
  try {
    found = trial(seed, engine.MaskEngine)
  } catch (error) {
    found = `seed ${seed}: ${error}`
  }
}
parentPort?.postMessage(found)
