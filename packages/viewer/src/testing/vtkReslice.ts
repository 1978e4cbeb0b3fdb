/** For tests: a plane through a volume as vtk.js cuts it, a second opinion on ours. Its own types leave out most of what is called here. */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import type { MadeVolume } from './volume.ts'

/** vtkInterpolationMode.LINEAR */
const LINEAR = 1

interface Called {
  [method: string]: (...args: unknown[]) => Called
}
type Made = { readonly default: { newInstance(values?: object): unknown } }

const made = async (module: Promise<unknown>, values?: object): Promise<Called> =>
  ((await module) as Made).default.newInstance(values) as Called

/** `volume` lies along the patient's axes; `values` of all its voxels, slice after slice. */
export async function resliceByVtk(
  volume: MadeVolume,
  values: Int16Array,
): Promise<(plane: Plane, columns: number, rows: number, outside: number) => Int16Array> {
  const image = await made(import('@kitware/vtk.js/Common/DataModel/ImageData.js'))
  image.setDimensions?.(volume.columns, volume.rows, volume.slices)
  image.setSpacing?.(volume.columnSpacing, volume.rowSpacing, volume.step[2])
  image.setOrigin?.(...volume.origin)
  const scalars = await made(import('@kitware/vtk.js/Common/Core/DataArray.js'), {
    values,
    numberOfComponents: 1,
  })
  image.getPointData?.().setScalars?.(scalars)
  const reslice = await made(import('@kitware/vtk.js/Imaging/Core/ImageReslice.js'))
  reslice.setInputData?.(image)
  reslice.setOutputDimensionality?.(2)
  reslice.setOutputOrigin?.([0, 0, 0])
  reslice.setInterpolationMode?.(LINEAR)
  reslice.setAutoCropOutput?.(false)
  reslice.setTransformInputSampling?.(false)
  return (plane, columns, rows, outside) => {
    const axes = [plane.row, plane.column, normalOf(plane)].flatMap((axis) => [...axis, 0])
    reslice.setResliceAxes?.(Float64Array.from([...axes, ...plane.origin, 1]))
    reslice.setOutputSpacing?.([plane.columnSpacing, plane.rowSpacing, 1])
    reslice.setOutputExtent?.([0, columns - 1, 0, rows - 1, 0, 0])
    reslice.setBackgroundColor?.([outside, 0, 0, 0])
    reslice.update?.()
    return reslice.getOutputData?.().getPointData?.().getScalars?.().getData?.() as unknown as Int16Array
  }
}
