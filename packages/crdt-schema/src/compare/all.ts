/** What differs between two moments of a document. */
export * from './difference.ts'
