/** `consilium verify [folder]`: is the record what it was when it was written? Of a running server, of an exported folder, of one proof. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Failure, Usage } from '../failure.ts'
import { Link, type LinkOptions, withLink } from '../link.ts'
import { ProgressLine, print, printJson } from '../terminal.ts'
import { type Report, type VerifyOptions, verifyServer } from '../verify/ofServer.ts'
import {
  fingerprintOf,
  inWords,
  linesOf,
  recordIn,
  seenOf,
  verifyProof,
  verifyRecord,
} from '../verify/verify.mjs'

const FINGERPRINT = /^[0-9a-f]{64}$/i

interface Options extends LinkOptions {
  case?: string
  key?: string
  witness?: string
  seen: string[]
  deep?: boolean
  json?: boolean
}

export function addVerify(program: Command): void {
  withLink(program.command('verify'))
    .description(
      'Verify the record: every hash, lease, checkpoint and signature is computed again. Without a path: that of a running server.',
    )
    .argument('[path]', 'an exported folder, or the proof of one revision (JSON)')
    .option('--case <case>', 'this case only (default: all that the token may see)')
    .option(
      '--key <fingerprint>',
      'of the key that signs, as you were given it; from elsewhere than the record',
    )
    .option('--witness <file>', 'a checkpoints.log that somebody else kept')
    .option(
      '--seen <document:revision:hash>',
      'a revision that a page was told is saved (may be repeated)',
      (text: string, all: string[]) => [...all, text],
      [],
    )
    .option(
      '--deep',
      'also read what the bytes hold: clocks, whose they are, and whether states are what the rows make',
    )
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  consilium verify --key 5f0c…\n  consilium verify ./evidence --key 5f0c… --witness /mnt/witness/checkpoints.log\n  consilium verify proof.json --key 5f0c…\n\nExit code: 0 whole, 1 not whole, 2 not understood.',
    )
    .action(run)
}

async function run(path: string | undefined, options: Options): Promise<void> {
  if (options.key !== undefined && !FINGERPRINT.test(options.key))
    throw new Usage('--key: a fingerprint is 64 hex digits.')
  if (options.witness !== undefined && !existsSync(options.witness))
    throw new Usage(`--witness: there is no file ${options.witness}.`)
  if (path !== undefined && !existsSync(path)) throw new Usage(`There is no file or folder ${path}.`)
  if (path !== undefined && statSync(path).isFile()) return checkProof(path, options)
  if (path !== undefined && !existsSync(join(path, 'manifest.json')))
    throw new Usage(`${path} is not an exported folder: it has no manifest.json.`)
  const report = path === undefined ? await ofServer(options) : await ofFolder(path, settings(options))
  if (options.json) printJson(report)
  else print(inWords(report))
  if (!report.ok) process.exitCode = 1
}

function settings({ key, witness, seen, deep }: Options): VerifyOptions {
  try {
    return {
      key: key ?? null,
      witness: witness === undefined ? null : linesOf(witness),
      seen: seen.map(seenOf),
      deep: deep ?? false,
    }
  } catch (error) {
    throw new Usage((error as Error).message)
  }
}

async function ofFolder(path: string, asked: VerifyOptions): Promise<Report> {
  try {
    return await verifyRecord(recordIn(path), asked)
  } catch (error) {
    throw new Failure(`Not whole: ${path} cannot be read (${(error as Error).message}).`)
  }
}

async function ofServer(options: Options): Promise<Report> {
  const line = new ProgressLine()
  const asked = settings(options)
  return verifyServer(new Link(options), options.case ?? null, asked, (what) => line.show(what)).finally(() =>
    line.clear(),
  )
}

function checkProof(path: string, { key, json }: Options): void {
  let proof: Parameters<typeof verifyProof>[0]
  try {
    proof = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new Usage(`${path} is not the proof of a revision.`)
  }
  let wrong: string | null
  try {
    wrong = verifyProof(proof, key ?? null)
  } catch {
    wrong = 'it is not the proof of a revision, or was altered'
  }
  const fingerprint = wrong === null ? fingerprintOf(proof.checkpoint.key) : null
  if (json) printJson({ ok: wrong === null, fault: wrong, key: { fingerprint, given: key !== undefined } })
  else if (wrong !== null) print(`NOT PROVED: ${wrong}.`)
  else {
    const { row, document, checkpoint } = proof
    print(
      `Proved: revision ${row.seq} of document ${document} was in the record at checkpoint ${checkpoint.n}, signed ${new Date(checkpoint.at).toISOString()}.`,
    )
    print(
      key === undefined
        ? `Key: ${fingerprint}, taken from the proof itself. Compare it with the fingerprint you were given.`
        : `Key: ${fingerprint}, as given.`,
    )
  }
  if (wrong !== null) process.exitCode = 1
}
