/** dwv: one plane of a series that it reads as DICOM files. */
import { App, AppOptions, ViewConfig, WindowLevel } from 'dwv'
import { allHere, asked, bounds, hands, numbered } from './common.js'

const app = new App()
app.init(new AppOptions({ '*': [new ViewConfig('place0')] }))
const group = () => app.getActiveLayerGroup()
const setWindow = ({ center, width }) =>
  group().getActiveViewLayer().getViewController().setWindowLevel(new WindowLevel(center, width))
app.addEventListener('load', () => {
  setWindow(bounds())
  hands({
    scroll(_, by) {
      const position = group().getPositionHelper()
      if (by > 0) position.incrementPositionAlongScroll()
      else position.decrementPositionAlongScroll()
    },
    setWindow,
  })
  allHere()
})
app.loadURLs(
  Array.from(
    { length: asked.slices },
    (_, n) => `${location.origin}${asked.series}/files/${numbered(n)}.dcm`,
  ),
)
