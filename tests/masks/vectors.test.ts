/**
 * The committed lanes hold what they held: every number and every voxel. What is written there is held against a second reader, in Python,
 * that knows the definition and none of our code; where there is no Python the rest is still asked.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { hashOfActs } from '../../packages/crdt-schema/src/kinds/mask/bytes/testing/hashOfActs.ts'
import { foundIn, VECTOR_FILE, type VectorLane, vectorLanes } from '../vectors/maskRasteriser.ts'

const lanes = JSON.parse(readFileSync(VECTOR_FILE, 'utf8')) as VectorLane[]
const CHECKER = fileURLToPath(new URL('../vectors/rasteriser.py', import.meta.url))

function hasPython(): boolean {
  const { status } = spawnSync('python3', ['-c', 'import math; math.isqrt(4)'])
  return status === 0
}

describe('the committed lanes', () => {
  it('[M9] are read as they were, to every voxel', () => {
    for (const lane of lanes) expect(foundIn(lane)).toEqual(lane.acts)
  })

  it('[M9] are written as they were, to every byte', () => {
    expect(vectorLanes()).toEqual(lanes)
  })

  it('hold every kind of shape, covering something in most', () => {
    const acts = lanes.flatMap((lane) => lane.acts).filter((act) => act !== null)
    const shapes = new Set(acts.map((act) => act['shape'] ?? act['act']))
    expect([...shapes].sort()).toEqual(['ball', 'masked', 'polygon', 'restore', 'runs', 'stroke', 'withdraw'])
    const painting = acts.filter((act) => act['act'] === 'paint')
    expect(painting.filter((act) => (act['voxels'] as number) > 0).length).toBeGreaterThan(
      painting.length / 2,
    )
  })

  it('[M9] give one number for two thousand acts on every engine', () => {
    expect(hashOfActs(1, 500)).toBe('0a2a8f7f')
  })
})

describe.skipIf(!hasPython())('another reader, in Python', () => {
  const check = (file: string) => spawnSync('python3', [CHECKER, file], { encoding: 'utf8' })

  it('[M9] finds the same acts and the same voxels in the same bytes', () => {
    const said = execFileSync('python3', [CHECKER], { encoding: 'utf8' })
    const acts = lanes.flatMap((lane) => lane.acts).filter((act) => act !== null).length
    expect(said.trim()).toBe(`${acts} acts, 0 differ`)
  })

  it('says so where one voxel differs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'consilium-vectors-'))
    const [lane] = lanes as [VectorLane]
    const at = lane.acts.findIndex((act) => act?.['shape'] === 'stroke')
    const acts = lane.acts.map((act, n) => (n === at ? { ...act, rows: 'f'.repeat(64) } : act))
    const file = join(folder, 'altered.json')
    writeFileSync(file, JSON.stringify([{ ...lane, acts }]))
    const { status, stdout } = check(file)
    rmSync(folder, { recursive: true })
    expect(status).toBe(1)
    expect(stdout).toContain(`lane 0, element ${at}`)
    expect(stdout).toMatch(/, 1 differ\n$/)
  })
})
