/** One act of tampering, and what it takes to find it: online over the wire, and offline in a folder that was exported afterwards. */
import type { Report, VerifyOptions } from '../../../apps/cli/src/verify/ofServer.ts'
import type { Random } from '../fault.ts'
import type { Archive, Archived } from './archive.ts'
import { type Kind, LAYERS } from './kinds.ts'

async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all
}

/** With everything that layer `n` has, and nothing more. */
const knowing = (archive: Archive, n: number): VerifyOptions => ({
  key: n >= 1 ? archive.fingerprint : null,
  witness: n >= 2 ? each(archive.published) : null,
  seen: n >= 3 ? archive.seen : [],
})

/** What went otherwise than it should, one line each. */
export async function trial(archive: Archive, kind: Kind, random: Random): Promise<string[]> {
  const target = random.pick(archive.documents)
  let revision: number | null = null
  await archive.tamper(async (sql) => {
    revision = await kind.apply(sql, { ...target, archive, random })
  })
  try {
    const failures: string[] = []
    // A document that is gone is missed in the evidence of every other.
    const gone = kind.name === 'a whole document is removed'
    const exported = gone ? (archive.documents.find(({ doc }) => doc !== target.doc) as Archived) : target
    const folder = await archive.export(exported)
    // With just too little, and with just enough.
    const enough = LAYERS.indexOf(kind.foundBy)
    for (const n of [enough - 1, enough]) {
      if (n < 0) continue
      for (const [where, report] of [
        ['online', await archive.online(knowing(archive, n))],
        ['offline', await archive.offline(folder, exported, knowing(archive, n))],
      ] as const) {
        const said = report.faults.map(({ what }) => what).join('; ')
        if (n < enough && !report.ok) failures.push(`${kind.name}: ${where}, ${LAYERS[n]} finds it: ${said}`)
        if (n === enough)
          failures.push(
            ...unnamed(report, kind, target, revision).map((why) => `${kind.name}, ${where}: ${why}`),
          )
      }
    }
    return failures
  } finally {
    await archive.putBack()
  }
}

/** The report must say which layer found it, in which document, and where it can be said at which revision. */
function unnamed({ ok, faults }: Report, kind: Kind, target: Archived, revision: number | null): string[] {
  if (ok) return ['it is not found']
  const said = faults.filter(({ layer }) => layer === kind.says)
  if (said.length === 0) return [`found by ${faults.map(({ layer }) => layer)} and not by ${kind.says}`]
  // What the chain alone cannot find it must not seem to find.
  if (kind.says !== 'chain' && faults.some(({ layer }) => layer === 'chain'))
    return ['the chain is broken too']
  if (revision === null) return []
  return said.some((fault) => fault.document === target.name && fault.revision === revision)
    ? []
    : [`revision ${revision} of ${target.name} is not named: ${JSON.stringify(said)}`]
}
