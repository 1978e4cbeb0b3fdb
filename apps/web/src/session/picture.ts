/** After the next picture is on the screen: for what may come a turn later than what is looked at. */
export const afterPicture = (call: () => void): void => void requestAnimationFrame(() => setTimeout(call))
