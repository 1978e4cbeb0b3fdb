/** How many rows of a record come in one answer. Numbers alone, so that whoever only counts need not load what every answer looks like. */

/** Of the timeline. */
export const TIMELINE_ROWS = 5_000
/** Of the film. */
export const FILM_ROWS = 1_000
