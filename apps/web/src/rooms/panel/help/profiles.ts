import type { Profile } from '../commands/command.ts'

export const PROFILE_WORDS: Readonly<Record<Profile, { readonly title: string; readonly detail: string }>> = {
  radiology: { title: 'Radiology', detail: 'Digits are windows, with Shift labels.' },
  annotator: { title: 'Annotator', detail: 'Digits are labels, with Shift windows.' },
}
