/** Slices put in order by a thread. What comes back from there says where each stands, so that thousands of them cross only once. */
import type { Slice, Volume } from '@consilium/imaging/series'
import type { StudyThreads } from './threads.ts'

/** A volume whose slices are said by their indices among those that were given. */
export interface Arranged extends Omit<Volume, 'slices' | 'duplicates'> {
  readonly slices: readonly number[]
  readonly duplicates: readonly number[]
}

export async function arranged(threads: StudyThreads, slices: readonly Slice[]): Promise<Volume[]> {
  if (slices.length === 0) return []
  const sliceAt = (at: number): Slice => slices[at]!
  return (await threads.run({ job: 'arrange', slices })).map((volume) => ({
    ...volume,
    slices: volume.slices.map(sliceAt),
    duplicates: volume.duplicates.map(sliceAt),
  }))
}
