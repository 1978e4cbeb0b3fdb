/**
 * What is going on, strongest first. A key that several commands share belongs to the strongest situation that is on: over the open
 * timeline arrows are its arrows, and brackets size the brush while one is in the hand.
 */

import type { Desk } from '../state/desk.ts'
import { hasSize } from '../state/painting/sized.ts'

export const SITUATIONS = [
  'reticle',
  'timeline',
  'comparing',
  'drawing',
  'painting',
  'blaming',
  'moments',
  'several-series',
  'always',
] as const
export type Situation = (typeof SITUATIONS)[number]

export const SITUATION_WORDS: Readonly<Record<Situation, string>> = {
  reticle: 'while the reticle is on',
  timeline: 'while the timeline is open',
  comparing: 'while two moments are compared',
  drawing: 'while a shape is being drawn',
  painting: 'with a brush in the hand',
  blaming: 'while it is shown who made what',
  moments: 'in a series with several moments',
  'several-series': 'in a case with several series',
  always: '',
}

const IS_ON: Readonly<Record<Situation, (desk: Desk) => boolean>> = {
  reticle: ({ reticle }) => reticle.isOn(),
  timeline: ({ timeline }) => timeline.isOpen(),
  comparing: ({ comparison }) => comparison.from() !== null,
  drawing: ({ drawing, stage }) => drawing() !== null || (stage()?.reticle.making ?? false),
  painting: ({ choices }) => hasSize(choices.tool()),
  blaming: ({ blame }) => blame.isOn(),
  moments: ({ series }) => (series.current()?.moments ?? 1) > 1,
  'several-series': ({ series }) => series.all.length > 1,
  always: () => true,
}

export const isOn = (situation: Situation, desk: Desk): boolean => IS_ON[situation](desk)
