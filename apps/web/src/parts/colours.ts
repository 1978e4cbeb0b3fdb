/**
 * Colours that carry data: labels, reads, people. Chosen so that they stay apart under protanopia, deuteranopia and tritanopia.
 * A colour never stands alone: a label has a name and a number, a read a letter and a dash, a person initials.
 */

/** Labels 1 to 8. Green 4 and teal 8 are the near pair: give them to labels that never touch. */
export const LABEL_COLOURS = [
  '#E3A62F',
  '#A6F9FD',
  '#9480F0',
  '#2ACAA0',
  '#EFF159',
  '#CC7A22',
  '#CCB1FE',
  '#1FA592',
] as const

/** People 0 to 5, by order of joining. */
export const PEOPLE_COLOURS = ['#DEAC83', '#80BDFB', '#8688F4', '#A6F9FD', '#EFF159', '#B97A8D'] as const

/** Reads A to E, each with its dash in CSS px. */
export const READS = {
  A: { colour: '#F0A04B', dash: [] },
  B: { colour: '#8A8FF7', dash: [7, 4] },
  C: { colour: '#B6F4EE', dash: [2, 3] },
  D: { colour: '#EFF159', dash: [8, 3, 2, 3] },
  E: { colour: '#80BDFB', dash: [2, 6] },
} as const
export type ReadLetter = keyof typeof READS

/** Text upon any of the colours above. */
export const ON_COLOUR = '#0B0B0C'

/** What has no label yet. */
export const NO_LABEL_COLOUR = '#91919B'

/** Colour of a label's number, counted from 1; past eight they repeat, with hatching. */
export function labelColour(number: number | undefined): string {
  if (number === undefined || number < 1) return NO_LABEL_COLOUR
  return LABEL_COLOURS[(Math.trunc(number) - 1) % LABEL_COLOURS.length] ?? NO_LABEL_COLOUR
}

export const isHatched = (number: number): boolean => number > LABEL_COLOURS.length

/** Colour of a person inside a case: the server numbers them by order of joining. */
export function personColour(order: number): string {
  const count = PEOPLE_COLOURS.length
  return PEOPLE_COLOURS[((Math.trunc(order) % count) + count) % count] ?? PEOPLE_COLOURS[0]
}

const STORE = 'consilium.people'
const seen = remembered()

/** Orders given before in this window, so that a reload changes nobody's colour. */
function remembered(): Map<string, number> {
  try {
    const kept: unknown = JSON.parse(globalThis.sessionStorage?.getItem(STORE) ?? '{}')
    return new Map(Object.entries(kept ?? {}).filter(([, order]) => Number.isInteger(order)))
  } catch {
    // Storage is forbidden or holds something else: then orders are given anew.
    return new Map()
  }
}

function remember(): void {
  try {
    globalThis.sessionStorage?.setItem(STORE, JSON.stringify(Object.fromEntries(seen)))
  } catch {
    // As above.
  }
}

/**
 * Order of a person outside any case (lists, sign-in). It follows from the id, so that it is mostly the same everywhere;
 * where another has that colour already, the next free one is taken, so that neighbours differ.
 */
export function orderOf(personId: string): number {
  const known = seen.get(personId)
  if (known !== undefined) return known
  const count = PEOPLE_COLOURS.length
  const wished = [...personId].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % count
  const taken = new Set(seen.values())
  const free = PEOPLE_COLOURS.map((_, step) => (wished + step) % count).find((order) => !taken.has(order))
  const order = free ?? wished
  seen.set(personId, order)
  remember()
  return order
}
