/** Two honest people at work in a document that is attacked: whatever happens in a test, afterwards they work on, and the chain holds. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type * as Y from 'yjs'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, setReasoning } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import { openPage, type Page, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

export const annotations = (doc: Y.Doc) => readRoots(doc).annotations

export class Siege {
  ward!: Ward
  /** The document. */
  name!: string
  a!: Page
  b!: Page
  /** An annotation of A's. */
  target!: string

  head = async (): Promise<number> =>
    (await this.ward.okafor.get<Revisions>(`/documents/${this.name}/revisions?limit=1`)).head

  /** The whole document, as the journal has it. */
  stored = async (): Promise<string> =>
    JSON.stringify(await this.ward.okafor.get(`/documents/${this.name}/at/${await this.head()}?as=json`))

  async begin(): Promise<void> {
    const { okafor, lindqvist, newDocument } = this.ward
    this.name = (await newDocument()).name
    this.a = await openPage(okafor, this.name)
    this.b = await openPage(lindqvist, this.name)
    this.target = annotate(this.a.doc, box)
    await this.a.saved()
    await until('it to arrive', () => annotations(this.b.doc).size === 1)
  }

  async end(): Promise<void> {
    const { a, b, name, target } = this
    const words = `after ${Math.random()}`
    setReasoning(a.doc, target, words)
    await until('the others to keep working', () => annotations(b.doc).get(target)?.reasoning === words)
    expect(await this.ward.okafor.get(`/documents/${name}/chain`)).toMatchObject({ ok: true, fault: null })
    expect([...a.refusals, ...b.refusals]).toEqual([])
    a.close()
    b.close()
  }
}

/** For every test of a file a new document, on one server. */
export function besieged(): Siege {
  const siege = new Siege()
  beforeAll(async () => {
    siege.ward = await openWard({ LOG_LEVEL: 'silent' })
  })
  afterAll(() => siege.ward?.server.close())
  beforeEach(() => siege.begin())
  afterEach(() => siege.end())
  return siege
}
