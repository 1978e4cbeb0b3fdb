/**
 * What the pages of all peers have alike: which series and places the address asks for, what a hand does to them, and saying when every
 * slice is here. A wheel goes one slice on, a drag moves the window's middle by a value a pixel.
 */
const WINDOW = { center: 40, width: 400 }

/** `series`: folder of the pictures; `slices`: how many; `places`: boxes in CSS pixels, one for each plane; `mode`: of the peer. */
export const asked = JSON.parse(decodeURIComponent(location.hash.slice(1)))
export const middle = Math.floor(asked.slices / 2)
export const bounds = (center = WINDOW.center) => ({
  lower: center - WINDOW.width / 2,
  upper: center + WINDOW.width / 2,
  center,
  width: WINDOW.width,
})
export const numbered = (n) => String(n).padStart(4, '0')

/** One element for each place. */
export const places = asked.places.map(({ x, y, width, height }, n) => {
  const element = document.createElement('div')
  element.id = `place${n}`
  Object.assign(element.style, {
    position: 'absolute',
    left: `${x}px`,
    top: `${y}px`,
    width: `${width}px`,
    height: `${height}px`,
  })
  document.body.append(element)
  return element
})

export const allHere = () => {
  window.allHere = performance.now()
}

/** The peer's own listeners, where it has some, do not hear of it: each event is answered once. */
export function hands({ scroll, setWindow }) {
  for (const [n, element] of places.entries()) {
    const on = (type, does) =>
      element.addEventListener(
        type,
        (event) => {
          event.preventDefault()
          event.stopImmediatePropagation()
          does(event)
        },
        { capture: true, passive: false },
      )
    let from = null
    on('wheel', ({ deltaY }) => scroll(n, Math.sign(deltaY)))
    on('pointerdown', ({ clientX }) => {
      from = clientX
    })
    on('pointermove', ({ clientX }) => {
      if (from !== null) setWindow(bounds(WINDOW.center + clientX - from))
    })
    on('pointerup', () => {
      from = null
    })
  }
}
