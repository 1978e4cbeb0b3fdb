/** Names of files, of names that people gave: letters, digits and hyphens, so that they are the same file on every system. */

const MOST = 40

export function fileWord(name: string, otherwise: string): string {
  const word = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, MOST)
    .replace(/-$/, '')
  return word === '' ? otherwise : word
}
