/** A series drawn from the rail onto a pane. */
export const SERIES_DRAG = 'application/x-consilium-series'

/** `onOver`: one is held over the element, or not any more. */
export function acceptSeries(
  element: HTMLElement,
  onOver: (isOver: boolean) => void,
  onSeries: (id: string) => void,
): void {
  const isSeries = (event: DragEvent): boolean => event.dataTransfer?.types.includes(SERIES_DRAG) ?? false
  element.addEventListener('dragover', (event) => {
    if (!isSeries(event)) return
    event.preventDefault()
    onOver(true)
  })
  element.addEventListener('dragleave', () => onOver(false))
  element.addEventListener('drop', (event) => {
    onOver(false)
    const id = event.dataTransfer?.getData(SERIES_DRAG)
    if (!id) return
    event.preventDefault()
    onSeries(id)
  })
}
