/** The tool that was last in the hand for making something, to be taken up again by one key. */
import type { Tool } from '@consilium/viewer/scene'
import { type Accessor, createMemo } from 'solid-js'

const LOOKING: readonly Tool[] = ['select', 'window', 'zoom', 'pan']

export const createLastTool = (tool: Accessor<Tool>): Accessor<Tool | null> =>
  createMemo<Tool | null>((last) => (LOOKING.includes(tool()) ? last : tool()), null)
