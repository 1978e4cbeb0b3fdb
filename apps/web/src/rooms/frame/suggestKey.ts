/** Letters for the case keys of a project, taken from its name: "Lung nodule consensus" gives LNC, "Atlas" gives ATL. */
export function suggestKey(title: string): string {
  const words = title
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Z]+/)
    .filter(Boolean)
  const [first = ''] = words
  if (words.length < 2) return first.slice(0, 3)
  return words
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 6)
}
