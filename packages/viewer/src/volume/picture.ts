/**
 * A volume and surfaces drawn by vtk.js on a canvas of its own. It draws when it is asked to and tells when the graphics card is done, so
 * that nobody asks for the next picture before the last one is there. What belongs to the card is lost with its context: then this object is
 * thrown away and another one made.
 */
import { cross, type Vec3 } from '@consilium/geometry/vec3'
import type { Camera } from '../stage/camera.ts'
import type { VolumeBox } from './box.ts'
import type { TransferPoint, VolumePreset } from './presets.ts'
import { exchanged } from './scalars.ts'
import type { VolumeSurface } from './surface.ts'
import { eyeOf } from './turning.ts'
import * as vtk from './vtk.ts'

/** How far apart values are taken along a line of sight, in voxels. */
const STEP = 0.5
const POLL_MS = 4

export class VolumePicture {
  readonly canvas: HTMLCanvasElement
  readonly #window = vtk.RenderWindow.newInstance()
  readonly #renderer = vtk.Renderer.newInstance()
  readonly #view = vtk.View.newInstance()
  readonly #interactor = vtk.Interactor.newInstance()
  readonly #image = vtk.ImageData.newInstance()
  readonly #mapper = vtk.VolumeMapper.newInstance()
  readonly #volume = vtk.Volume.newInstance()
  #scalars: vtk.Scalars | null = null
  #functions: readonly { delete(): void }[] = []
  #surfaces: readonly {
    readonly actor: vtk.Actor
    readonly mapper: vtk.Mapper
    readonly data: vtk.PolyData
  }[] = []
  #corners: readonly Vec3[] = []
  #poll: ReturnType<typeof setTimeout> | undefined

  constructor() {
    this.#renderer.setBackground(0, 0, 0)
    this.#window.addRenderer(this.#renderer)
    this.#window.addView(this.#view)
    this.#view.initialize()
    // The mapper asks it whether something moves; it is bound to nothing, hands and keys are the stage's.
    this.#interactor.setView(this.#view)
    this.canvas = this.#view.getCanvas()
    this.#mapper.setInputData(this.#image)
    this.#mapper.setAutoAdjustSampleDistances(false)
    this.#volume.setMapper(this.#mapper)
    this.#renderer.getActiveCamera().setParallelProjection(true)
  }

  /** Another volume. `corners`: of all that there is to see. */
  setVolume(box: VolumeBox, values: Float32Array, corners: readonly Vec3[]): void {
    const { origin, axes, spacing, size } = box
    this.#corners = corners
    this.#image.setOrigin(origin)
    this.#image.setSpacing(spacing)
    this.#image.setDimensions(size)
    this.#image.setDirection(axes.flat())
    const scalars = vtk.DataArray.newInstance({ values, numberOfComponents: 1, name: 'values' })
    this.#scalars = exchanged(this.#image, this.#scalars, scalars)
    this.#mapper.setSampleDistance(STEP * Math.min(...spacing))
    const deep = Math.hypot(...size.map((count, axis) => count * (spacing[axis] as number)))
    this.#mapper.setMaximumSamplesPerRay(Math.ceil(deep / (STEP * Math.min(...spacing))) + 1)
    this.#renderer.removeVolume(this.#volume)
    this.#renderer.addVolume(this.#volume)
  }

  /** The values changed where they lie. */
  valuesChanged(): void {
    this.#scalars?.dataChange()
    this.#image.modified()
  }

  setLook({ blend }: VolumePreset, points: readonly TransferPoint[]): void {
    const colours = vtk.Colours.newInstance()
    const opacities = vtk.Opacities.newInstance()
    for (const { value, colour, opacity } of points) {
      colours.addRGBPoint(value, ...colour)
      opacities.addPoint(value, opacity)
    }
    const look = this.#volume.getProperty()
    look.setRGBTransferFunction(0, colours)
    look.setScalarOpacity(0, opacities)
    look.setScalarOpacityUnitDistance(0, 1)
    look.setInterpolationTypeToLinear()
    look.setShade(blend === 'light')
    look.setAmbient(0.25)
    look.setDiffuse(0.8)
    look.setSpecular(0.2)
    look.setSpecularPower(12)
    if (blend === 'light') this.#mapper.setBlendModeToComposite()
    else this.#mapper.setBlendModeToMaximumIntensity()
    for (const one of this.#functions) one.delete()
    this.#functions = [colours, opacities]
  }

  setSurfaces(surfaces: readonly VolumeSurface[]): void {
    this.#dropSurfaces()
    this.#surfaces = surfaces.map(({ mesh, colour, opacity }) => {
      const data = vtk.PolyData.newInstance()
      data.getPoints().setData(mesh.vertices, 3)
      data.setPolys(vtk.CellArray.newInstance({ values: mesh.cells }))
      data
        .getPointData()
        .setNormals(
          vtk.DataArray.newInstance({ values: mesh.normals, numberOfComponents: 3, name: 'Normals' }),
        )
      const mapper = vtk.Mapper.newInstance()
      mapper.setScalarVisibility(false)
      mapper.setInputData(data)
      const actor = vtk.Actor.newInstance()
      actor.setMapper(mapper)
      const look = actor.getProperty()
      look.setColor(...colour)
      look.setOpacity(opacity)
      look.setAmbient(0.25)
      look.setDiffuse(0.75)
      look.setSpecular(0.15)
      this.#renderer.addActor(actor)
      return { actor, mapper, data }
    })
  }

  /** `share` of the pane's pixels either way, 0 to 1. Calls `done` with the ms until the card was done. */
  draw(camera: Camera, share: number, pixelRatio: number, done: (ms: number) => void): void {
    const { right, down, center, mmPerPixel, width, height } = camera
    const size = (length: number): number => Math.max(1, Math.round(length * pixelRatio * share))
    if (this.canvas.width !== size(width) || this.canvas.height !== size(height))
      this.#view.setSize(size(width), size(height))
    const away = cross(right, down)
    const { eye, far } = eyeOf(camera, away, this.#corners)
    const seen = this.#renderer.getActiveCamera()
    seen.setParallelScale((height * mmPerPixel) / 2)
    seen.setFocalPoint(...center)
    seen.setPosition(...eye)
    seen.setViewUp(-down[0], -down[1], -down[2])
    seen.setClippingRange(0.1, far)
    const began = performance.now()
    // The window would ask the interactor, which is not at work.
    this.#view.traverseAllPasses()
    this.#wait(began, done)
  }

  destroy(): void {
    clearTimeout(this.#poll)
    this.#dropSurfaces()
    this.#renderer.removeVolume(this.#volume)
    for (const one of this.#functions) one.delete()
    for (const one of [this.#volume, this.#mapper, this.#image, this.#interactor, this.#renderer])
      one.delete()
    this.#scalars?.delete()
    this.#window.delete()
    this.#view.delete()
    this.canvas.remove()
  }

  #dropSurfaces(): void {
    for (const { actor, mapper, data } of this.#surfaces) {
      this.#renderer.removeActor(actor)
      for (const one of [actor, mapper, data]) one.delete()
    }
    this.#surfaces = []
  }

  #wait(began: number, done: (ms: number) => void): void {
    clearTimeout(this.#poll)
    const gl = this.#view.getContext()
    const sync = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    gl?.flush()
    const look = (): void => {
      if (gl && sync && !gl.isContextLost() && gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED) {
        this.#poll = setTimeout(look, POLL_MS)
        return
      }
      gl?.deleteSync(sync ?? null)
      done(performance.now() - began)
    }
    this.#poll = setTimeout(look)
  }
}
