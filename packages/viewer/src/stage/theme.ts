/** The page's colours and type, read from its CSS variables once; the design's own values where the page sets none. */

export interface Theme {
  readonly text: string
  readonly second: string
  readonly caption: string
  readonly bone: string
  readonly onBone: string
  readonly warn: string
  readonly accent: string
  readonly surface: string
  readonly track: string
  readonly font: string
}

/** Behind every stroke on the picture: mid-grey tissue would leave a contrast below 3. */
export const CASING = 'rgb(0 0 0 / 0.6)'
export const CASING_UNDER_DASHES = 'rgb(0 0 0 / 0.42)'

const VARIABLES: { readonly [Name in keyof Theme]: readonly [token: string, fallback: string] } = {
  text: ['t1', '#eeeef0'],
  second: ['t2', '#b9b9c1'],
  caption: ['t3', '#91919b'],
  bone: ['bone', '#ebe4d3'],
  onBone: ['on-bone', '#1b1914'],
  warn: ['warn', '#f3bc52'],
  accent: ['acc', '#86b7ff'],
  surface: ['s1', '#121214'],
  track: ['s4', '#2c2c32'],
  font: ['font-sans', 'Inter Variable, Inter, system-ui, sans-serif'],
}

export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element)
  const read = (name: keyof Theme): string => {
    const [token, fallback] = VARIABLES[name]
    return (
      style.getPropertyValue(`--color-${token}`).trim() ||
      style.getPropertyValue(`--${token}`).trim() ||
      fallback
    )
  }
  return {
    text: read('text'),
    second: read('second'),
    caption: read('caption'),
    bone: read('bone'),
    onBone: read('onBone'),
    warn: read('warn'),
    accent: read('accent'),
    surface: read('surface'),
    track: read('track'),
    font: read('font'),
  }
}
