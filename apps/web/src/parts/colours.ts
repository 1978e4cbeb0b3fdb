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

/** Of people, by the numbers of contract/colour.ts. */
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

/** By the number of a person's colour. */
export function personColour(order: number): string {
  const count = PEOPLE_COLOURS.length
  return PEOPLE_COLOURS[((Math.trunc(order) % count) + count) % count] ?? PEOPLE_COLOURS[0]
}
