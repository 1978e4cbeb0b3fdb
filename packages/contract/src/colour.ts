/**
 * The colour of a person, as a number: one of six that stay apart for every kind of sight. What it looks like is the page's to say.
 * It follows from the public id alone, so that whoever shows a person anywhere gives them the same colour and asks nobody. In a case two
 * people must not look alike: there one of two with the same colour is given another.
 */

export const PEOPLE_COLOURS = 6

/** Of this person everywhere, 0 to 5. */
export function colourOfPerson(id: string): number {
  return [...id].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7) % PEOPLE_COLOURS
}

/** Their own, or the next one that is not taken; where all are, their own. */
export function colourBeside(own: number, taken: ReadonlySet<number>): number {
  for (let step = 0; step < PEOPLE_COLOURS; step++) {
    const colour = (own + step) % PEOPLE_COLOURS
    if (!taken.has(colour)) return colour
  }
  return own
}
