/** How much one act, one lane, and what is sent at once may be. */
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

/** Of what is written, and of what comes in one update after days offline: whoever takes it in has to do all of it. */
export const TOGETHER_LIMITS = {
  /** Voxels visited to paint all of it, as `workOf` counts them: as much as 128 acts may have. Ten thousand usual strokes have 70 million. */
  work: 4_096_000_000,
  /** Acts that switches turn: each is looked up. */
  turned: 200_000,
} as const
