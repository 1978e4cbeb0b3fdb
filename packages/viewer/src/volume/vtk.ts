/**
 * What is used of vtk.js, and nothing else of it: its own types leave out whatever a class inherits when they are read as Node reads them.
 * This file and picture.ts are the only ones that know vtk.js; both are loaded when a volume is first shown.
 */

import vtkCellArray from '@kitware/vtk.js/Common/Core/CellArray.js'
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js'
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction.js'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData.js'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor.js'
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper.js'
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer.js'
import vtkRenderWindow from '@kitware/vtk.js/Rendering/Core/RenderWindow.js'
import vtkRenderWindowInteractor from '@kitware/vtk.js/Rendering/Core/RenderWindowInteractor.js'
import vtkVolume from '@kitware/vtk.js/Rendering/Core/Volume.js'
import vtkVolumeMapper from '@kitware/vtk.js/Rendering/Core/VolumeMapper.js'
import vtkOpenGLRenderWindow from '@kitware/vtk.js/Rendering/OpenGL/RenderWindow.js'
import '@kitware/vtk.js/Rendering/OpenGL/Profiles/Volume.js'
import '@kitware/vtk.js/Rendering/OpenGL/Profiles/Geometry.js'

interface Owned {
  delete(): void
}

export interface Scalars extends Owned {
  dataChange(): void
}

interface DataSet extends Owned {
  modified(): void
  getPointData(): { setScalars(values: Scalars): void; setNormals(values: Scalars): void }
}

export interface ImageData extends DataSet {
  setOrigin(at: readonly number[]): void
  setSpacing(mm: readonly number[]): void
  setDimensions(size: readonly number[]): void
  /** Columns: where x, y and z of the image lie. */
  setDirection(axes: readonly number[]): void
}

export interface PolyData extends DataSet {
  getPoints(): { setData(values: Float32Array, components: number): void }
  setPolys(cells: Scalars): void
}

export interface Colours extends Owned {
  addRGBPoint(value: number, red: number, green: number, blue: number): void
}

export interface Opacities extends Owned {
  addPoint(value: number, opacity: number): void
}

interface VolumeLook {
  setRGBTransferFunction(component: number, colours: Colours): void
  setScalarOpacity(component: number, opacities: Opacities): void
  setScalarOpacityUnitDistance(component: number, mm: number): void
  setInterpolationTypeToLinear(): void
  setShade(on: boolean): void
  setAmbient(share: number): void
  setDiffuse(share: number): void
  setSpecular(share: number): void
  setSpecularPower(power: number): void
}

interface SurfaceLook {
  setColor(red: number, green: number, blue: number): void
  setOpacity(share: number): void
  setAmbient(share: number): void
  setDiffuse(share: number): void
  setSpecular(share: number): void
}

export interface Volume extends Owned {
  setMapper(mapper: VolumeMapper): void
  getProperty(): VolumeLook
}

export interface VolumeMapper extends Owned {
  setInputData(image: ImageData): void
  setSampleDistance(mm: number): void
  setMaximumSamplesPerRay(count: number): void
  setAutoAdjustSampleDistances(on: boolean): void
  setBlendModeToComposite(): void
  setBlendModeToMaximumIntensity(): void
}

export interface Mapper extends Owned {
  setInputData(surface: PolyData): void
  setScalarVisibility(on: boolean): void
}

export interface Actor extends Owned {
  setMapper(mapper: Mapper): void
  getProperty(): SurfaceLook
}

interface Eye {
  setParallelProjection(on: boolean): void
  setParallelScale(mm: number): void
  setPosition(x: number, y: number, z: number): void
  setFocalPoint(x: number, y: number, z: number): void
  setViewUp(x: number, y: number, z: number): void
  setClippingRange(near: number, far: number): void
}

interface Renderer extends Owned {
  setBackground(red: number, green: number, blue: number): void
  getActiveCamera(): Eye
  addVolume(volume: Volume): void
  removeVolume(volume: Volume): void
  addActor(actor: Actor): void
  removeActor(actor: Actor): void
}

interface RenderWindow extends Owned {
  addRenderer(renderer: Renderer): void
  addView(view: View): void
}

export interface View extends Owned {
  setSize(width: number, height: number): void
  initialize(): void
  traverseAllPasses(): void
  getCanvas(): HTMLCanvasElement
  getContext(): WebGL2RenderingContext | null
}

interface Interactor extends Owned {
  setView(view: View): void
}

interface Making<T> {
  newInstance(values?: object): T
}

const making = <T>(made: unknown): Making<T> => made as Making<T>

export const DataArray = making<Scalars>(vtkDataArray)
export const CellArray = making<Scalars>(vtkCellArray)
export const ImageData = making<ImageData>(vtkImageData)
export const Opacities = making<Opacities>(vtkPiecewiseFunction)
export const PolyData = making<PolyData>(vtkPolyData)
export const Actor = making<Actor>(vtkActor)
export const Colours = making<Colours>(vtkColorTransferFunction)
export const Mapper = making<Mapper>(vtkMapper)
export const Renderer = making<Renderer>(vtkRenderer)
export const RenderWindow = making<RenderWindow>(vtkRenderWindow)
export const Interactor = making<Interactor>(vtkRenderWindowInteractor)
export const Volume = making<Volume>(vtkVolume)
export const VolumeMapper = making<VolumeMapper>(vtkVolumeMapper)
export const View = making<View>(vtkOpenGLRenderWindow)
