/** Signs on the stage's own controls: the same drawings (lucide, 24 units square) as those of the page around it, which no package below it may know. */

const SIGNS = {
  play: 'M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z',
  pause:
    'M15 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM6 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z',
  bounce: 'M8 3 4 7l4 4M4 7h16m-4 14 4-4-4-4m4 4H4',
  open: 'm6 9 6 6 6-6',
} as const
export type Sign = keyof typeof SIGNS

const SVG = 'http://www.w3.org/2000/svg'

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
