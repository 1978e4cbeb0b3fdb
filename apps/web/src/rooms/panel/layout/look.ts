/** How a series looks in all panes that show it: what of a view belongs to the series, and is shared. */
import type { View } from '@consilium/viewer/scene'

export type Look = Pick<View, 'window' | 'inverted' | 'colours'>

export const lookOf = ({ window, inverted, colours }: View): Look => ({
  window,
  inverted: inverted ?? false,
  colours: colours ?? 'grey',
})

export const sameLook = (a: Look, b: Look): boolean =>
  a.window.center === b.window.center &&
  a.window.width === b.window.width &&
  a.window.table === b.window.table &&
  (a.inverted ?? false) === (b.inverted ?? false) &&
  (a.colours ?? 'grey') === (b.colours ?? 'grey')
