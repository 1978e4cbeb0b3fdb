/** Whether pictures are interpolated between their pixels: a habit of who reads, the same in all panes of the page, and told to nobody. */
import { createSignal } from 'solid-js'

const [isSmooth, setSmooth] = createSignal(true)

export { isSmooth }

export const toggleSmooth = (): void => {
  setSmooth((was) => !was)
}
