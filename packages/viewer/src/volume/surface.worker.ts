/** Runs in a module worker: the surface of one segment per message. Never throws; a fault travels in the reply. */
import type { Region } from '@consilium/geometry/voxels/region'
import { type Mesh, meshOf, type SurfaceGround } from './surface.ts'

export interface SurfaceJob {
  readonly id: number
  readonly region: Region
  readonly ground: SurfaceGround
}

export interface SurfaceReply {
  readonly id: number
  readonly mesh: Mesh | null
  readonly fault: string | null
}

/** What of the worker's global scope is used here; the page's own types would clash with the library's worker types. */
interface Scope {
  addEventListener(type: 'message', listener: (event: MessageEvent<SurfaceJob>) => void): void
  postMessage(message: SurfaceReply, transfer: Transferable[]): void
}
const scope = globalThis as unknown as Scope

scope.addEventListener('message', ({ data: { id, region, ground } }) => {
  try {
    const mesh = meshOf(region, ground)
    const { vertices, normals, cells } = mesh
    scope.postMessage({ id, mesh, fault: null }, [
      vertices.buffer,
      normals.buffer,
      cells.buffer,
    ] as ArrayBuffer[])
  } catch (error) {
    scope.postMessage({ id, mesh: null, fault: error instanceof Error ? error.message : String(error) }, [])
  }
})
