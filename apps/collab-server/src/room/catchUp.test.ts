import { describe, expect, test } from 'vitest'
import { CatchUp } from './catchUp.ts'
import { MAX_OWED, MAX_RESYNCS } from './limits.ts'

/** The provider's side of the count. */
class Page {
  unsaved = 0
  readonly server = new CatchUp()
  begin(): void {
    this.unsaved = 1
    this.server.begin()
  }
  hole(): string {
    this.unsaved++
    return this.server.missed(false)
  }
  update(): void {
    this.unsaved++
    this.unsaved -= 1 + this.server.taken(false)
  }
  answer(): void {
    this.unsaved -= 1 + this.server.taken(true)
  }
}

describe('[G7] catching up', () => {
  test('updates that overtake the answer are acknowledged with it, and the question is not asked twice', () => {
    const page = new Page()
    page.begin()
    for (let n = 0; n < 50; n++) expect(page.hole()).toBe('wait')
    expect(page.unsaved).toBe(51)
    page.answer()
    expect(page.unsaved).toBe(0)
    page.update()
    expect(page.unsaved).toBe(0)
  })

  test('a hole later on is asked for once, and counted right', () => {
    const page = new Page()
    page.begin()
    page.answer()
    expect(page.hole()).toBe('ask')
    expect(page.hole()).toBe('wait')
    page.update()
    page.answer()
    expect(page.unsaved).toBe(0)
  })

  test('an answer with a hole is asked for again, but not for ever', () => {
    const page = new Page()
    page.begin()
    for (let n = 0; n < MAX_RESYNCS; n++) expect(page.server.missed(true)).toBe('ask')
    page.answer()
    expect(page.unsaved).toBe(0)
    for (let n = 0; n < MAX_RESYNCS; n++) page.server.missed(true)
    expect(page.server.missed(true)).toBe('let go')
  })

  test('who never answers is let go', () => {
    const page = new Page()
    page.begin()
    for (let n = 0; n < MAX_OWED; n++) expect(page.hole()).toBe('wait')
    expect(page.hole()).toBe('let go')
  })
})
