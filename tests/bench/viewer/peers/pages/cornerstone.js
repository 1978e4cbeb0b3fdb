/**
 * Cornerstone3D: a stack in one place, in its default mode or by its CPU; three orthographic viewports of one streamed volume in three.
 * Slices come as DICOM JSON and raw frames (WADO-RS), which it decodes least.
 */
import {
  Enums,
  eventTarget,
  imageLoader,
  init,
  RenderingEngine,
  setUseCPURendering,
  setVolumesForViewports,
  utilities,
  volumeLoader,
} from '@cornerstonejs/core'
import { init as initLoader, wadors } from '@cornerstonejs/dicom-image-loader'
import { allHere, asked, bounds, hands, middle, numbered, places } from './common.js'

const VOLUME = 'cornerstoneStreamingImageVolume:series'
const PLANES = ['axial', 'coronal', 'sagittal']

init()
initLoader()
if (asked.mode === 'cpu') setUseCPURendering(true)

const metadata = await (await fetch(`${asked.series}/metadata.json`)).json()
const imageIds = metadata.map((one, n) => {
  const id = `wadors:${location.origin}${asked.series}/frames/${numbered(n)}/frames/1`
  wadors.metaDataManager.add(id, one)
  return id
})
const engine = new RenderingEngine('engine')
await (places.length === 1 ? stack() : planes())

async function stack() {
  engine.enableElement({ viewportId: '0', type: Enums.ViewportType.STACK, element: places[0] })
  const viewport = engine.getViewport('0')
  await viewport.setStack(imageIds, middle)
  viewport.setProperties({ voiRange: bounds() })
  viewport.render()
  hands({
    scroll: (_, by) => utilities.scroll(viewport, { delta: by }),
    setWindow(voiRange) {
      viewport.setProperties({ voiRange })
      viewport.render()
    },
  })
  await Promise.all(imageIds.map((id) => imageLoader.loadAndCacheImage(id)))
  allHere()
}

async function planes() {
  const ids = PLANES.map((plane, n) => {
    engine.enableElement({
      viewportId: plane,
      type: Enums.ViewportType.ORTHOGRAPHIC,
      element: places[n],
      defaultOptions: { orientation: plane },
    })
    return plane
  })
  const viewports = ids.map((id) => engine.getViewport(id))
  const volume = await volumeLoader.createAndCacheVolume(VOLUME, { imageIds })
  eventTarget.addEventListener(Enums.Events.IMAGE_VOLUME_LOADING_COMPLETED, allHere)
  volume.load()
  await setVolumesForViewports(engine, [{ volumeId: VOLUME }], ids)
  const setWindow = (voiRange) => {
    for (const viewport of viewports) {
      viewport.setProperties({ voiRange })
      viewport.render()
    }
  }
  setWindow(bounds())
  hands({ scroll: (n, by) => utilities.scroll(viewports[n], { delta: by, volumeId: VOLUME }), setWindow })
}
