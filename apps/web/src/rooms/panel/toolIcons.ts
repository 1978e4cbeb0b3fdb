/** The drawings of tools and marks, which give their names only. */
import Angle from 'lucide-solid/icons/angle'
import Blend from 'lucide-solid/icons/blend'
import Brush from 'lucide-solid/icons/brush'
import Contrast from 'lucide-solid/icons/contrast'
import Ellipse from 'lucide-solid/icons/ellipse'
import Eraser from 'lucide-solid/icons/eraser'
import Flag from 'lucide-solid/icons/flag'
import Hand from 'lucide-solid/icons/hand'
import Lasso from 'lucide-solid/icons/lasso'
import LassoSelect from 'lucide-solid/icons/lasso-select'
import Layers from 'lucide-solid/icons/layers'
import MapPin from 'lucide-solid/icons/map-pin'
import MessageSquarePlus from 'lucide-solid/icons/message-square-plus'
import MousePointer2 from 'lucide-solid/icons/mouse-pointer-2'
import PaintBucket from 'lucide-solid/icons/paint-bucket'
import Pentagon from 'lucide-solid/icons/pentagon'
import Ruler from 'lucide-solid/icons/ruler'
import RulerDimensionLine from 'lucide-solid/icons/ruler-dimension-line'
import Shapes from 'lucide-solid/icons/shapes'
import Sprout from 'lucide-solid/icons/sprout'
import Square from 'lucide-solid/icons/square'
import Tangent from 'lucide-solid/icons/tangent'
import ZoomIn from 'lucide-solid/icons/zoom-in'
import type { Icon } from '../../parts/icon.ts'

const ICONS: Readonly<Record<string, Icon>> = {
  angle: Angle,
  blend: Blend,
  brush: Brush,
  contrast: Contrast,
  ellipse: Ellipse,
  eraser: Eraser,
  flag: Flag,
  hand: Hand,
  lasso: Lasso,
  'lasso-select': LassoSelect,
  layers: Layers,
  'map-pin': MapPin,
  'message-square-plus': MessageSquarePlus,
  'mouse-pointer-2': MousePointer2,
  'paint-bucket': PaintBucket,
  pentagon: Pentagon,
  ruler: Ruler,
  'ruler-dimension-line': RulerDimensionLine,
  sprout: Sprout,
  square: Square,
  tangent: Tangent,
  'zoom-in': ZoomIn,
}

/** An unknown name still gets a drawing. */
export const iconNamed = (name: string): Icon => ICONS[name] ?? Shapes
