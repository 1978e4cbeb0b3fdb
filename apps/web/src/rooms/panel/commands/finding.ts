/** What is found by words: every word must begin some word of what is searched, the title counts before all else. Pure. */

export interface Findable {
  readonly title: string
  /** Also searched: the group, the keys, who made it. */
  readonly more: string
}

/** In the order of how well they fit; of those that fit alike, in their own. */
export function found<T extends Findable>(entries: readonly T[], query: string): readonly T[] {
  const wanted = wordsOf(query)
  if (wanted.length === 0) return entries
  return entries
    .map((entry) => ({ entry, fit: fitOf(entry, wanted) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ entry }) => entry)
}

function fitOf({ title, more }: Findable, wanted: readonly string[]): number {
  const [inTitle, inMore] = [wordsOf(title), wordsOf(more)]
  let fit = inTitle.join(' ').startsWith(wanted.join(' ')) ? wanted.length : 0
  for (const word of wanted) {
    if (inTitle.includes(word)) fit += 4
    else if (inTitle.some((other) => other.startsWith(word))) fit += 3
    else if (inMore.includes(word)) fit += 2
    else if (inMore.some((other) => other.startsWith(word))) fit += 1
    else return 0
  }
  return fit
}

/** "Ctrl+Shift+Z" is also found by its keys; a lone sign is a word of its own. */
const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}.−]+|[^\s\p{L}\p{N}+]/gu) ?? []
