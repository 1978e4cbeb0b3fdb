/** niivue: one axial plane of a volume that it reads as one NIfTI file. */
import { Niivue, SLICE_TYPE } from '@niivue/niivue'
import { allHere, asked, bounds, hands, places } from './common.js'

const [place] = places
const canvas = document.createElement('canvas')
place.append(canvas)
const viewer = new Niivue({ loadingText: '', dragAndDropEnabled: false, isResizeCanvas: true })
await viewer.attachToCanvas(canvas)
viewer.setSliceType(SLICE_TYPE.AXIAL)
const { lower, upper } = bounds()
await viewer.loadVolumes([{ url: `${asked.series}/series.nii`, cal_min: lower, cal_max: upper }])
const [volume] = viewer.volumes
hands({
  scroll: (_, by) => viewer.moveCrosshairInVox(0, 0, by),
  setWindow(window) {
    volume.cal_min = window.lower
    volume.cal_max = window.upper
    viewer.updateGLVolume()
  },
})
allHere()
