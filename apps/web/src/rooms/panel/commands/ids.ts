/** Ids that are made of other names. */
export const idOfTool = (tool: string): string => `tool.${tool}`
export const idOfLayout = (layout: string): string => `panes.${layout}`
export const idOfWindow = (digit: string): string => `window.${digit}`
export const idOfLabel = (number: number): string => `label.${number}`
