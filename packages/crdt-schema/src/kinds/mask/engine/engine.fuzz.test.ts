/** The engine against the oracle, by chance; and that the trials would find what could be wrong. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MaskEngine } from './engine.ts'
import { FAULTS, type Fault } from './testing/faults.ts'
import { trial } from './testing/trial.ts'

const TRIALS = Number(process.env['MASK_TRIALS'] ?? 1_500)
/** Within which each deliberate fault must be found. */
const ENOUGH = 400

it('[M20] [M21] [M22] whatever order acts arrive in, and however far the work has come, every voxel and whose it is follow from the acts alone', () => {
  const wrong = Array.from({ length: TRIALS }, (_, seed) => trial(seed, MaskEngine)).filter(
    (fault) => fault !== null,
  )
  expect(wrong).toEqual([])
})

describe('the trials find', () => {
  const mask = fileURLToPath(new URL('..', import.meta.url))
  const modules = fileURLToPath(new URL('../../../../../../node_modules', import.meta.url))
  let root = ''

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'consilium-faults-'))
    symlinkSync(modules, join(root, 'node_modules'))
    writeFileSync(join(root, 'package.json'), '{ "type": "module" }')
  })
  afterAll(() => rmSync(root, { recursive: true }))

  it('nothing in a copy without a fault', async () => {
    expect(await tried(copy('none'), 20)).toBeNull()
  })

  it.each(FAULTS)('$name', async (fault) => {
    const folder = copy(String(FAULTS.indexOf(fault)))
    spoil(folder, fault)
    expect(await tried(folder, ENOUGH)).not.toBeNull()
  })

  function copy(name: string): string {
    const folder = join(root, name)
    mkdirSync(folder)
    cpSync(mask, folder, { recursive: true, filter: (path) => !path.includes('testing') })
    return join(folder, 'engine')
  }

  function spoil(folder: string, { file, is, becomes }: Fault): void {
    const path = join(folder, file)
    const parts = readFileSync(path, 'utf8').split(is)
    if (parts.length !== 2) throw new Error(`“${is}” is ${parts.length - 1} times in ${file}`)
    writeFileSync(path, parts.join(becomes))
  }

  const tried = (folder: string, seeds: number): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./testing/faultyEngine.ts', import.meta.url), {
        workerData: { folder, seeds },
      })
      worker.once('message', resolve)
      worker.once('error', reject)
    })
})
