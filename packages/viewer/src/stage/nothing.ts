/** What a stage shows before it is given a scene, or where there is none: nothing, and nothing may be done. */
import type { Scene } from './scene.ts'

export const NOTHING: Scene = {
  annotations: [],
  drafts: [],
  peers: [],
  pins: [],
  selection: null,
  readOnly: true,
  mayComment: false,
  mayMove: () => false,
  label: '',
  labelColour: '#eeeef0',
}
