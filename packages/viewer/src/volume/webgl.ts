/** Whether this browser can draw volumes at all; asked before anything large is loaded for it. */

const NONE =
  'This browser gives no WebGL 2, which 3D is drawn with: it is switched off, or the graphics card is not supported. All planes work without it.'

/** One sentence saying why there is no 3D; null where there is. */
export function webglFault(): string | null {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('webgl2')
  if (!context) return NONE
  // A browser gives few contexts at a time; this one has told what it was made for.
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return null
}
