/** Signs on the stage's own controls: lines of the same weight as the icons of the page around it, which no package below it may know. 24 units square. */

const SIGNS = {
  play: 'M7 4.5v15L19.5 12z',
  pause: 'M8 5v14M16 5v14',
  bounce: 'M8 4 4.5 7.5 8 11M5 7.5h15M16 13l3.5 3.5L16 20M19 16.5H4',
  open: 'M6.5 9.5 12 15l5.5-5.5',
} as const
export type Sign = keyof typeof SIGNS

export const SVG = 'http://www.w3.org/2000/svg'

/** Hidden from screen readers: what it stands on has a name. `px`: CSS pixels. */
export function signOf(document: Document, sign: Sign, px: number): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const look = {
    class: `cs-sign cs-sign-${sign}`,
    viewBox: '0 0 24 24',
    width: String(px),
    height: String(px),
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }
  for (const [name, value] of Object.entries(look)) svg.setAttribute(name, value)
  svg.appendChild(document.createElementNS(SVG, 'path')).setAttribute('d', SIGNS[sign])
  return svg
}
