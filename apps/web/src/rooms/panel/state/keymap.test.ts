import { createRoot } from 'solid-js'
import { beforeEach, expect, it, vi } from 'vitest'
import { type Keymap, USUAL } from '../commands/keymap.ts'
import { keymapFile } from '../commands/keymapFile.ts'
import { createKeymap } from './keymap.ts'

const ANNOTATOR: Keymap = { ...USUAL, profile: 'annotator' }
const OWN: Keymap = { ...USUAL, changes: { radiology: { 'tool.box': ['q'] }, annotator: {} } }

beforeEach(() => {
  const store = new Map<string, string>()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => store.get(name) ?? null,
    setItem: (name: string, text: string) => void store.set(name, text),
    removeItem: (name: string) => void store.delete(name),
  })
})

const keymapOf = (project: Keymap | null) =>
  createRoot(() => createKeymap('somebody', project && keymapFile(project)))

it('[V24] whoever has chosen no keys has the project’s, else the usual ones', () => {
  expect(keymapOf(null).keymap()).toEqual(USUAL)
  expect(keymapOf(ANNOTATOR).keymap()).toEqual(ANNOTATOR)
  expect(keymapOf(ANNOTATOR).isOwn()).toBe(false)
})

it('[V24] whoever has chosen some keeps them in every project, until they go back', () => {
  keymapOf(null).setKeymap(OWN)
  expect(keymapOf(ANNOTATOR).keymap()).toEqual(OWN)
  keymapOf(ANNOTATOR).setKeymap(null)
  expect(keymapOf(ANNOTATOR).keymap()).toEqual(ANNOTATOR)
})

it('[V24] keys that this version does not know are not begun with', () => {
  const later: Keymap = { ...ANNOTATOR, changes: { radiology: {}, annotator: { 'tool.of-tomorrow': ['q'] } } }
  expect(keymapOf(later).keymap()).toEqual(USUAL)
  expect(keymapOf(later).first()).toBeNull()
})
