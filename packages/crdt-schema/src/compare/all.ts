/** What differs between two moments of a document. */
export * from './difference.ts'
export { differenceOf, differencesBetween } from './entries.ts'
export { isEqual } from './equal.ts'
export type { AxesOf } from './measured.ts'
export { wordsBetween } from './words.ts'
