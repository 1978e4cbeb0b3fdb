/** What readers of pictures are told where they had waited for a person: it stands among the warnings of their series, and of every series that grows out of it. */
const LOOKED = 'Before these pictures came in, a person '

/** `regions`: how many were blacked out. */
export const lookedAt = (regions: number): string =>
  LOOKED +
  (regions === 0
    ? 'looked whether text in them names somebody, and found nothing.'
    : `blacked out ${regions === 1 ? 'one region' : `${regions} regions`} that might name somebody.`)

export const saysLookedAt = (warning: string): boolean => warning.startsWith(LOOKED)
