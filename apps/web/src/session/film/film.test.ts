import { ROOTS } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { describe, expect, it } from 'vitest'
import { Story, seeded } from '../testing/story.ts'
import { Film, type FilmPorts } from './film.ts'

/** What is on screen: entries by root and key. */
type Shown = Record<string, Record<EntryKey, unknown>>

class Cinema {
  readonly screen = new Map<string, unknown>()
  readonly asked: string[] = []
  readonly film: Film
  readonly story: Story
  fails = false
  grown = 0

  constructor(story: Story) {
    this.story = story
    const answer = async <T>(what: string, value: () => T): Promise<T> => {
      this.asked.push(what)
      await Promise.resolve()
      if (this.fails) throw new Error('no answer')
      return value()
    }
    const ports: FilmPorts = {
      head: () => story.head,
      state: (seq) => answer(`state ${seq}`, () => story.state(seq)),
      segment: (from) => answer(`segment ${from}`, () => story.segment(from)),
      chronicled: () => Promise.resolve(),
      touched: (seq) => story.touched[seq - 1] ?? [],
      breathe: () => Promise.resolve(),
      now: () => this.asked.length,
    }
    this.film = new Film(ports, {
      show: (records) => {
        this.screen.clear()
        for (const root of ROOTS)
          for (const [entry, value] of records[root]) this.screen.set(`${root} ${entry}`, value)
      },
      change: (values) => {
        for (const [root, entries] of values)
          for (const [entry, value] of entries) {
            if (value === null) this.screen.delete(`${root} ${entry}`)
            else this.screen.set(`${root} ${entry}`, value)
          }
      },
      at: () => {},
      grown: () => {
        this.grown += 1
      },
    })
  }

  get shown(): Shown {
    return sorted([...this.screen].map(([key, value]) => [key.split(' ') as [string, string], value]))
  }

  replayed(seq: number): Shown {
    const moment = this.story.moments[seq]
    if (!moment) throw new Error(`no moment ${seq}`)
    return sorted(
      ROOTS.flatMap((root) =>
        [...moment[root]].map(([id, value]): [[string, string], unknown] => [[root, id], value]),
      ),
    )
  }
}

function sorted(all: [readonly [string, string], unknown][]): Shown {
  const shown: Shown = {}
  for (const [[root, entry], value] of all) {
    const entries = shown[root] ?? {}
    entries[entry] = value
    shown[root] = entries
  }
  return shown
}

/** Long enough for jumps; made once. */
const LONG = new Story(12, 2_600)

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('[W70] the moment on screen is what a replay makes of the rows up to it', () => {
  const cinema = new Cinema(new Story(11, 700))

  it('forwards, row by row', async () => {
    for (let seq = 0; seq <= 700; seq++) {
      await cinema.film.goTo(seq)
      expect(cinema.shown).toEqual(cinema.replayed(seq))
    }
    expect(cinema.asked.filter((what) => what.startsWith('state'))).toEqual(['state 0'])
  })

  it('backwards, row by row, without asking for anything again', async () => {
    const before = cinema.asked.length
    for (let seq = 700; seq >= 0; seq--) {
      await cinema.film.goTo(seq)
      expect(cinema.shown).toEqual(cinema.replayed(seq))
    }
    expect(cinema.asked).toHaveLength(before)
  })
})

it('[W70] a jump shows that moment, and from there both ways', async () => {
  const cinema = new Cinema(LONG)
  const below = seeded(5)
  for (const seq of [2_500, 40, 1_500, 0, 2_600]) {
    await cinema.film.goTo(seq)
    expect(cinema.shown).toEqual(cinema.replayed(seq))
    for (let n = 0; n < 12; n++) {
      const near = Math.min(2_600, Math.max(0, seq + below(1_400) - 700))
      await cinema.film.goTo(near)
      expect(cinema.shown).toEqual(cinema.replayed(near))
    }
  }
})

it('of moments asked for while one is on its way only the last is shown', async () => {
  const cinema = new Cinema(LONG)
  const all = [2_000, 1_990, 5, 2_500].map((seq) => cinema.film.goTo(seq))
  await Promise.all(all)
  expect(cinema.film.shown).toBe(2_500)
  expect(cinema.asked).not.toContain('state 5')
  expect(cinema.shown).toEqual(cinema.replayed(2_500))
})

it('what lies around the moment is there before it is needed', async () => {
  const cinema = new Cinema(LONG)
  await cinema.film.goTo(1_300)
  await settled()
  expect(cinema.film.isHere(1_800)).toBe(true)
  expect(cinema.film.isHere(800)).toBe(true)
  expect(cinema.film.step(1_300)?.changes).not.toHaveLength(0)
  expect(cinema.grown).toBeGreaterThan(0)
})

it('a moment that cannot be had is said, and the one before stays', async () => {
  const cinema = new Cinema(LONG)
  await cinema.film.goTo(100)
  await settled()
  cinema.fails = true
  await expect(cinema.film.goTo(2_400)).rejects.toThrow('no answer')
  expect(cinema.film.shown).toBe(100)
  expect(cinema.shown).toEqual(cinema.replayed(100))
  cinema.fails = false
  await cinema.film.goTo(2_400)
  expect(cinema.shown).toEqual(cinema.replayed(2_400))
})

it('rows that come while one looks are played when they are asked for', async () => {
  const story = new Story(16, 300)
  const later = story.updates.splice(200)
  const cinema = new Cinema(story)
  await cinema.film.goTo(200)
  await settled()
  story.updates.push(...later)
  await cinema.film.goTo(300)
  expect(cinema.shown).toEqual(cinema.replayed(300))
})

it('a film that was stopped forgets, and begins again', async () => {
  const cinema = new Cinema(new Story(17, 400))
  void cinema.film.goTo(300)
  cinema.film.stop()
  await settled()
  expect(cinema.film.shown).toBeNull()
  await cinema.film.goTo(10)
  expect(cinema.shown).toEqual(cinema.replayed(10))
})
