/** Whether it was ever wanted. What opens and closes is made when it first opens, and stays: what closes takes the focus back to where it was. */
import { type Accessor, createMemo } from 'solid-js'

export const createOnceAsked = (isWanted: Accessor<boolean>): Accessor<boolean> =>
  createMemo((was: boolean) => was || isWanted(), false)
