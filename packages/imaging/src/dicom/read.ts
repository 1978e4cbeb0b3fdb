/** Placeholder header */
export type * from './instance.ts'
