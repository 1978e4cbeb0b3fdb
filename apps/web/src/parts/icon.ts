/** What the parts take as an icon: a drawing of lucide, by its own file so that only the used ones travel. */
import type { LucideProps } from 'lucide-solid'
import type { Component } from 'solid-js'

export type Icon = Component<LucideProps>

/** Stroke by size: smaller drawings need a little more. */
export const strokeOf = (size: number): number => (size <= 14 ? 2 : 1.75)
