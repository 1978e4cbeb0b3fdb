/** How much one act, and one lane, may be. */
export const ACT_LIMITS = {
  /** Bytes of one element of a lane. */
  bytes: 16_384,
  /** What a deflated act may become. */
  inflatedBytes: 65_536,
  /** Acts of one group, and acts that one switch turns. */
  together: 4_096,
  /** Beyond this a sum with a few thousand more is no longer exact. */
  lamport: 2 ** 52,
} as const

export const LANE_LIMITS = {
  /** Elements of one lane: an array that only grows costs the more per element the longer it is. */
  elements: 4_096,
} as const
