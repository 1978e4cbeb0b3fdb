/** After the faults: everybody finishes, and then everything that was ever done is in the journal once, on the server, and on every page. */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import type { ChainReport } from '../../packages/contract/src/revisions.ts'
import { ROOTS } from '../../packages/crdt-schema/src/documents.ts'
import { Page, until } from '../wire/page.ts'
import type { Editors } from './editor.ts'
import type { Installation } from './installation.ts'
import { type Judgement, judge } from './ledger.ts'

const contents = (doc: Y.Doc): unknown =>
  Object.fromEntries(ROOTS.map((root) => [root, doc.getMap(root).toJSON()]))

export interface End {
  readonly judgement: Judgement
  /** What else is wrong, one line each. */
  readonly faults: readonly string[]
}

export async function finish(installation: Installation, document: string, editors: Editors): Promise<End> {
  const faults: string[] = []
  try {
    await editors.saved()
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error))
  }
  const rows = await installation.journal(document)
  const judgement = judge(rows, editors.all)
  for (const editor of editors.all) {
    if ((judgement.present.get(editor.client) ?? 0) < editor.clock)
      faults.push(`${editor.client} made more than the journal has in the end`)
    for (const code of editor.page.refusals) faults.push(`${editor.client} was refused: ${code}`)
  }

  const [witness] = await installation.people()
  if (!witness) throw new Error('nobody is here')
  const chain = await witness.get<ChainReport>(`/documents/${document}/chain`)
  if (!chain.ok) faults.push(`the chain does not verify: row ${chain.fault?.seq}, ${chain.fault?.what}`)

  const replayed = new Y.Doc()
  for (const { edit, bytes } of rows) if (edit) Y.applyUpdate(replayed, bytes)
  const expected = contents(replayed)
  const fresh = new Page(witness, document, new Y.Doc(), null)
  await until('a new page', () => fresh.provider.synced)
  if (!isDeepStrictEqual(contents(fresh.doc), expected))
    faults.push('the server shows another document than its journal')
  fresh.close()
  for (const { client, page } of editors.all)
    await until('', () => isDeepStrictEqual(contents(page.doc), expected)).catch(() =>
      faults.push(`the page of ${client} shows another document than the journal`),
    )
  return { judgement, faults }
}
