import type { PaintTool, Tool } from '@consilium/viewer/scene'

/** Those with a size; a lasso goes along the line of the hand. */
const SIZED: readonly Tool[] = ['brush', 'eraser', 'threshold-brush'] satisfies PaintTool[]

export const hasSize = (tool: Tool): boolean => SIZED.includes(tool)
