import 'fake-indexeddb/auto'
import { annotate } from '@consilium/crdt-schema/acts'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { documentsWithWork, forgetAll, openOfflineStore } from '../../session/offline.ts'
import { discardHere, readHere } from './here.ts'

afterEach(() => forgetAll())

const DRAFT = {
  kind: 'keypoint',
  label: 'nodule',
  source: { series: 's1', frame: 3, normal: [0, 0, 1] },
  points: [[1, 2, 3]],
} as const

describe('[W13] work of a case that is not open', () => {
  it('is found, whether it was refused or only not sent, and leaves when it is discarded', async () => {
    const [person, name] = ['person01', 'panel:abcd1234']
    const store = await openOfflineStore(person, name)
    const doc = Object.assign(new Y.Doc(), { clientID: 7 })
    const refused = annotate(doc, DRAFT)
    await store.setAside({
      id: 'refused',
      at: 1,
      since: 1,
      state: Y.encodeStateAsUpdate(doc),
      refusal: { code: 'malformed', message: 'No.', next: 'Again.' },
      touched: [`annotations/${refused}`],
      clients: [7],
      settled: {},
    })
    const fresh = Object.assign(new Y.Doc(), { clientID: 8 })
    const waiting = annotate(fresh, DRAFT)
    await store.append(Y.encodeStateAsUpdate(fresh), {
      client: 8,
      nth: 1,
      at: 5,
      touched: [`annotations/${waiting}`],
    })

    expect(await documentsWithWork(person)).toEqual([name])
    const found = await readHere(person, name)
    expect(
      found.map(({ work }) => [work.id, work.changes.map(({ entry, foreign }) => [entry, foreign])]),
    ).toEqual([
      ['not-sent', [[waiting, false]]],
      ['refused', [[refused, false]]],
    ])
    for (const one of found) await discardHere(person, one, one.work.changes)
    expect(await documentsWithWork(person)).toEqual([])
    expect(await readHere(person, name)).toEqual([])
  })
})
