/**
 * What a person may tell the room to do: by a key, from the palette, later by whatever else. A command knows no key by itself: `keys` are
 * those it has in each profile until somebody changes them (keymap.ts). Where several share a key, the situation decides (meant.ts).
 */
import type { Desk } from '../state/desk.ts'
import type { Chord } from './chords.ts'
import type { Situation } from './situations.ts'

/** Radiology: digits are windows, Shift and digits labels. Annotator: the other way round, and the keys of annotation tools. */
export const PROFILES = ['radiology', 'annotator'] as const
export type Profile = (typeof PROFILES)[number]

/** In the order of the sheet. */
export const GROUPS = [
  'Looking',
  'Panes and planes',
  'Windows',
  'Tools',
  'Annotating',
  'Reticle',
  'Labels',
  'Painting',
  'Timeline',
  'Help',
] as const
export type Group = (typeof GROUPS)[number]

export type Keys = Readonly<Record<Profile, readonly Chord[]>>

interface Named {
  /** Kept with the keys people choose: never renamed. */
  readonly id: string
  readonly title: string
  /** What it stands for in this case, where that differs: the name of a preset, of a label. */
  readonly now?: (desk: Desk) => string | null
  readonly group: Group
  readonly keys: Keys
  readonly situation: Situation
}

export interface Act extends Named {
  /** Why it cannot be done just now, in a sentence; null where it can. */
  readonly denied?: (desk: Desk) => string | null
  readonly run: (desk: Desk) => void
}

/** In force while its key is down. What else has this key is done by a tap. */
export interface Hold extends Named {
  readonly hold: 'pan' | 'window'
}

export type Command = Act | Hold

export const isHold = (command: Command): command is Hold => 'hold' in command

/** The same in every profile. */
export const keys = (...chords: readonly Chord[]): Keys => ({ radiology: chords, annotator: chords })

export const perProfile = (radiology: readonly Chord[], annotator: readonly Chord[]): Keys => ({
  radiology,
  annotator,
})

/** Navigating oneself ends following. */
export const ownWay =
  (move: (desk: Desk) => void) =>
  (desk: Desk): void => {
    desk.people.leave()
    move(desk)
  }
