/** What waits for a person in a project, as the lists ask for it; and in words. */
import type { HeldPictures } from '@consilium/contract/studies'
import type { Accessor } from 'solid-js'
import { api } from '../../api.ts'
import { count, number } from '../../format.ts'
import { useQuery } from '../../query.ts'
import { titleOf } from '../import/seriesText.ts'

/** How often the list looks again, ms: others bring pictures in and decide about them. */
const INTERVAL_MS = 15_000

export const waitingKey = (project: string) => ['quarantine', project] as const

/** `enabled`: whoever may not import is refused. */
export const useWaiting = (project: Accessor<string>, enabled: Accessor<boolean>) =>
  useQuery(() => ({
    queryKey: waitingKey(project()),
    queryFn: () => api.quarantine(project()),
    enabled: enabled(),
    refetchInterval: INTERVAL_MS,
  }))

export const useHeld = (held: Accessor<string>) =>
  useQuery(() => ({ queryKey: ['held', held()] as const, queryFn: () => api.held(held()) }))

export const titleOfHeld = (held: HeldPictures): string => (held.modality === '' ? 'Pictures' : titleOf(held))

/** "40 frames, 800 × 600". */
export const sizeOfHeld = (held: HeldPictures): string =>
  `${count(held.frames, 'frame')}, ${number(held.columns)} × ${number(held.rows)}`
