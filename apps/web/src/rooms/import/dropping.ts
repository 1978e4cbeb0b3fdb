/** Files dropped anywhere on the page. Must be called while a component is set up. */
import { type Accessor, createSignal, onCleanup, onMount } from 'solid-js'
import { fromDrop, type Gathered } from './picked.ts'

/** @returns whether files are held over the page now. */
export function whenDropped(isAllowed: () => boolean, take: (gathered: Gathered) => void): Accessor<boolean> {
  const [over, setOver] = createSignal(false)
  onMount(() => {
    // Elements inside the page are entered and left as well.
    let depth = 0
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') && isAllowed()
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth += 1
      setOver(true)
    }
    const onOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const onLeave = () => {
      depth = Math.max(0, depth - 1)
      setOver(depth > 0)
    }
    const onDrop = (event: DragEvent) => {
      depth = 0
      setOver(false)
      if (!carriesFiles(event) || !event.dataTransfer) return
      event.preventDefault()
      void fromDrop(event.dataTransfer).then(take)
    }
    const events = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const
    const all = Object.entries(events) as [keyof typeof events, (event: DragEvent) => void][]
    for (const [name, listener] of all) window.addEventListener(name, listener)
    onCleanup(() => {
      for (const [name, listener] of all) window.removeEventListener(name, listener)
    })
  })
  return over
}
