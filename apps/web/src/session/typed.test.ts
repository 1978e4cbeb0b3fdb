import { describe, expect, it } from 'vitest'
import { openTyped } from './typed.ts'

function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    clear: () => kept.clear(),
    key: (n) => [...kept.keys()][n] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('[W62] words not sent yet', () => {
  it('are there again after a reload, for the same person and document alone', () => {
    const browser = storage()
    const open = (person: string, document: string) => openTyped(person, document, () => browser)
    open('okaf', 'panel:a').set('reply', 'Is this one')
    expect(open('okaf', 'panel:a').get('reply')).toBe('Is this one')
    expect([open('lind', 'panel:a').get('reply'), open('okaf', 'panel:b').get('reply')]).toEqual(['', ''])
    open('okaf', 'panel:a').set('reply', '')
    expect([open('okaf', 'panel:a').get('reply'), browser.length]).toEqual(['', 0])
  })

  it('harm nobody where the browser refuses to keep them', () => {
    const typed = openTyped('okaf', 'panel:a', () => {
      throw new DOMException('denied', 'SecurityError')
    })
    typed.set('reply', 'x')
    expect(typed.get('reply')).toBe('')
  })
})
