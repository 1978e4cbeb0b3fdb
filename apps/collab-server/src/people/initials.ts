/** Two letters for an avatar: "Dr A. Okafor" is AO. Titles and degrees are not part of a name. */
const TITLES =
  /^(dr|prof|professor|pd|med|mr|mrs|ms|mx|sir|dame|md|phd|msc|bsc|frcr|pr|ing|dipl|habil|h\.?c)$/i

export function initialsOf(name: string): string {
  const words = name
    .split(/[\s,]+/)
    .map((word) => word.replace(/[^\p{L}\p{N}-]/gu, ''))
    .filter((word) => word !== '' && !TITLES.test(word))
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last) return '?'
  const letters = words.length === 1 ? [...first].slice(0, 2) : [[...first][0], [...last][0]]
  return letters.join('').toLocaleUpperCase('en')
}
