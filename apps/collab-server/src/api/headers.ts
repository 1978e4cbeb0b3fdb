/**
 * Headers of every answer. Only our own scripts run (no inline, no eval; WebAssembly for the decoders), nothing is framed, nothing is
 * fetched elsewhere. Styles: our own files, and style attributes, which graphics libraries set; no foreign style sheets.
 */
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Site } from '../site.ts'

const OURS = "'self'"

export function ourHeaders(site: Site): MiddlewareHandler {
  // An address in brackets (IPv6) is not valid in this header.
  const sockets = [...site.origins]
    .filter((origin) => !origin.includes('['))
    .map((origin) => origin.replace(/^http/, 'ws'))
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: [OURS],
      scriptSrc: [OURS, "'wasm-unsafe-eval'"],
      workerSrc: [OURS, 'blob:'],
      styleSrc: [OURS],
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: [OURS, 'blob:', 'data:'],
      fontSrc: [OURS],
      // 'self' covers web sockets in current browsers, not in all.
      connectSrc: [OURS, ...sockets],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: [OURS],
      frameAncestors: ["'none'"],
    },
    // Both together isolate the page, which lets the decoder's worker write straight into the page's volume.
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginEmbedderPolicy: 'require-corp',
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: site.secure,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], usb: [] },
  })
}
