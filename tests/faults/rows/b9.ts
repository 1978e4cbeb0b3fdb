/** Archives that mean harm, brought to the door. */
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writePart10 } from '@consilium/imaging/write'
import { imageElements } from '../../../packages/imaging/src/testing/images.ts'
import { type Fault, Random, tell } from '../fault.ts'
import { Door } from '../files/door.ts'
import { HOSTILE_ZIPS, type HostileZip } from '../files/hostileZip.ts'
import { suffixOf } from '../wire/scene.ts'

/** Beyond what the server had before: what it reads at once has a limit, whatever an archive says. */
const MEMORY_MIB = 1_024
const CODE = Buffer.from('PLANTEDCODE')
const SENTENCE = /^[A-Z][^\n\r]{3,300}\.$/

function picture(random: Random): Promise<Uint8Array> {
  const uid = `1.2.3.${random.whole(1, 2 ** 30)}.${random.whole(1, 2 ** 30)}`
  const pixels = Uint8Array.from({ length: 512 }, () => random.whole(0, 127))
  const also = [0x00080018, 0x0020000d, 0x0020000e, 0x00200052].map(
    (tag, k) => ({ tag, vr: 'UI', value: `${uid}.${k}` }) as const,
  )
  return writePart10(imageElements({ rows: 16, columns: 16, pixels, also }))
}

async function trial(door: Door, { refuses, make }: HostileZip, seed: number): Promise<string[]> {
  const random = new Random(seed)
  const failures: string[] = []
  const escape = join(tmpdir(), `escaped-${suffixOf(random)}`)
  const bytes = make(await picture(random), escape)
  // Making it kept this process busy: connections that were given up meanwhile are to be noticed before they are used again.
  await sleep(50)
  const { answers, done } = await door.bring([{ name: 'disc.zip', bytes }])
  const { status, reason, inside } = answers[0] ?? { status: 'refused', reason: null, inside: [] }
  const good = inside.some((one) => one.status === 'stored')
  if (refuses === 'entry' && (!good || done.series.length !== 1))
    failures.push(`the good picture in it was lost: ${reason}`)
  if (refuses === 'whole' && (done.stored > 0 || done.series.length > 0))
    failures.push('something of it was taken')
  // Of an archive that was opened, each file in it has its own.
  for (const one of inside.length > 0 ? inside : [{ status, reason }])
    if ((one.status === 'refused' || one.status === 'left-out') && !SENTENCE.test(one.reason ?? ''))
      failures.push(`no sentence: ${one.reason}`)
  if (existsSync(escape)) failures.push('a file came out of it')
  return failures
}

export const fault: Fault = {
  id: 'B9',
  fault: `${HOSTILE_ZIPS.length} zip archives whose names leave the folder, that hold links or archives, lie about sizes and numbers, or unpack to far more than they are`,
  must: 'each is refused, or what is wrong in it is, in one sentence; no name becomes a path; the good picture beside it comes in; the server goes on, within its memory',
  trials: { short: HOSTILE_ZIPS.length, full: 5 * HOSTILE_ZIPS.length },
  async run(trials, seed) {
    const door = await Door.open()
    const failures: string[] = []
    try {
      for (let n = 0; n < trials; n++) {
        const zip = HOSTILE_ZIPS[(seed + n) % HOSTILE_ZIPS.length] as HostileZip
        const found = await trial(door, zip, seed + n).catch((error: Error) => [
          `the door failed: ${error.message}`,
        ])
        failures.push(...found.map((line) => `seed ${seed + n}: ${zip.name}: ${line}`))
        if ((n + 1) % HOSTILE_ZIPS.length === 0) tell(`${n + 1} of ${trials}`)
      }
      const { grown } = door
      if (grown > MEMORY_MIB) failures.push(`seed ${seed}: it took ${grown} MiB`)
      const left = readdirSync(join(door.folder, 'data', 'incoming'))
      if (left.length > 0)
        failures.push(`seed ${seed}: ${left.length} files wait in the folder of what comes in`)
      await door.stop()
      for (const { path, bytes } of door.kept())
        if (bytes.includes(CODE)) failures.push(`seed ${seed}: ${path} holds what was planted`)
      return {
        trials,
        failures,
        figures: {
          constructions: HOSTILE_ZIPS.length,
          'files that came out of an archive': failures.filter((line) => line.endsWith('came out of it'))
            .length,
          'most memory of the server beyond before, MiB': grown,
        },
      }
    } finally {
      await door.stop()
      door.remove()
    }
  },
}
