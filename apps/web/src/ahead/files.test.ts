import { expect, test } from 'vitest'
import { filesOf, type Modules } from '../../tools/files.ts'

/** What imports what; after the bar what comes when it is asked for. */
const page = (imports: Readonly<Record<string, string>>): Modules => ({
  getModuleInfo: (id) => {
    const [now = '', later = ''] = (imports[id] ?? '').split('|')
    const ids = (list: string) => list.split(' ').filter(Boolean)
    return { importedIds: ids(now), dynamicallyImportedIds: ids(later) }
  },
})

const ROOTS = { start: 'main', rooms: 'rooms', panel: 'panel', account: 'account', unseen: 'unseen' }
const MODULES = page({
  main: 'rooms solid',
  rooms: 'solid | panel list people account',
  panel: 'button stage yjs solid | unseen',
  stage: 'geometry',
  unseen: 'dialog timeline stage',
  dialog: 'button',
  list: 'button dialog table',
  people: 'button dialog table',
  account: 'button yjs',
})

test('[V114] no room fetches what only others need, and what of a room comes later is in none of its first files', () => {
  const fileOf = filesOf(ROOTS, MODULES)
  const files = Object.fromEntries(
    [
      'main',
      'solid',
      'button',
      'yjs',
      'stage',
      'geometry',
      'dialog',
      'timeline',
      'unseen',
      'table',
      'panel',
    ].map((id) => [id, fileOf(id)]),
  )
  expect(files).toEqual({
    main: null,
    solid: 'start',
    button: 'shared',
    yjs: 'record',
    stage: 'panel',
    geometry: 'panel',
    dialog: 'forms',
    timeline: null,
    unseen: null,
    table: 'rooms',
    panel: null,
  })
})
