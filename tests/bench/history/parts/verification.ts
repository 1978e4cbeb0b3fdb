/** Verifying the large document, in an exported folder and by the server, beside what SHA-256 alone takes for the very same bytes. */
import { execFile } from 'node:child_process'
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ChainReport } from '@consilium/contract/revisions'
import { Link } from '../../../../apps/cli/src/link.ts'
import { takeAway } from '../../../../apps/cli/src/verify/takeAway.ts'
import { linesOf } from '../../../../apps/cli/src/verify/verify.mjs'
import { temporaryFolder } from '../../../support/server.ts'
import { type Row, round } from '../../report.ts'
import type { Bed } from '../bed.ts'
import { type Part, timed } from './part.ts'

/** What goes into the hash of a row, and into the link to the row before it: see journal/chain.ts. */
const LEAF_BYTES = 77
const LINK_BYTES = 65
const ROUNDS = 3

export const verification: Part = {
  name: 'verification',
  title: 'Verification of the large document',
  async run(bed) {
    const folder = temporaryFolder('bench-export')
    try {
      const exported = await timed(() => takeAway(link(bed), bed.case, join(folder.path, 'record')))
      const alone = await best(await shaAlone(join(folder.path, 'record')))
      const offline = await best(() => verified(join(folder.path, 'record')))
      const online = await best(async () => {
        const report = await bed.person.get<ChainReport>(`/documents/${bed.large.document}/chain`)
        if (!report.ok) throw new Error(`the chain is broken: ${report.fault?.what}`)
      })
      const row = (what: string, ms: number): Row => ({
        what,
        'rows/s': round(bed.large.head / (ms / 1_000), 0),
        'of SHA-256 alone': round(alone / ms, 3),
      })
      return {
        rows: [
          row('SHA-256 alone', alone),
          row('node verify.mjs, from its start to its end', offline),
          row('the chain, by the server', online),
          row('export of the folder', exported),
        ],
        goals: [],
      }
    } finally {
      folder.remove()
    }
  },
}

const link = ({ url, token }: Bed): Link => new Link({ server: url, token }, {})

async function best(work: () => Promise<unknown> | unknown): Promise<number> {
  const ms: number[] = []
  while (ms.length < ROUNDS) ms.push(await timed(async () => work()))
  return Math.min(...ms)
}

async function shaAlone(folder: string): Promise<() => void> {
  const { documents } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    documents: string[]
  }
  const rows: Buffer[] = []
  for await (const { bytes } of linesOf(join(folder, 'documents', documents[0] ?? '', 'journal.ndjson')))
    rows.push(Buffer.from(bytes as string, 'base64'))
  const [leaf, linked] = [Buffer.alloc(LEAF_BYTES), Buffer.alloc(LINK_BYTES)]
  return () => {
    for (const bytes of rows) {
      hash('sha256', bytes, 'buffer')
      hash('sha256', leaf, 'buffer')
      hash('sha256', linked, 'buffer')
    }
  }
}

async function verified(folder: string): Promise<void> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'verify.mjs'), folder])
  if (!/^Whole/m.test(stdout)) throw new Error(stdout)
}
