/** What the page may ask of a stage. */
import type { Stage } from '@consilium/viewer/stage'
import type { StageHandle } from '../state/stageHandle.ts'

/** `noteView`: a view taken over is told as one's own. */
export const handleOf = (stage: Stage, noteView: () => void): StageHandle => ({
  setView: (view) => {
    stage.setView(view)
    noteView()
  },
  plane: () => stage.plane,
  view: () => stage.view(),
  goAlongWith: ({ middle, mmPerPixel }, frame) => {
    if (frame !== null) stage.setView({ frame })
    if (middle) stage.showPlace(middle)
    stage.setView({ mmPerPixel, ...(middle ? { center: middle } : {}) })
    noteView()
  },
  maskSlices: () => stage.maskSlices(),
  axes: () => stage.axes,
  setFrame: (frame) => stage.go.to(frame),
  step: (slices) => stage.go.step(slices),
  goAlong: (to) => stage.go.along(to),
  stepInTime: (moments) => stage.go.inTime(moments),
  togglePlay: () => stage.go.togglePlay(),
  focusOn: (at, frame) => stage.focusOn(at, frame),
  showPlace: (at) => {
    stage.showPlace(at)
    noteView()
  },
  // Told at once, not with the next picture: keys that come faster count on from here.
  setWindow: (window) => {
    stage.look.setWindow(window)
    noteView()
  },
  autoWindow: () => stage.look.autoWindow(),
  typeWindow: () => stage.typeWindow(),
  zoomBy: (factor) => {
    stage.look.zoomBy(factor)
    noteView()
  },
  fit: () => stage.look.fit(),
  reset: () => stage.look.reset(),
  invert: () => stage.look.invert(),
  setColours: (colours) => stage.look.setColours(colours),
  rotate: (quarters) => stage.look.rotate(quarters),
  flip: (way) => stage.look.flip(way),
  hold: (tool) => stage.hold(tool),
  cancel: () => stage.cancel(),
  finish: () => stage.finish(),
  deleteLastVertex: () => stage.deleteLastVertex(),
  reticle: stage.reticle,
  focus: () => stage.focus(),
  placePinHere: () => stage.placePinHere(),
})
