/** Where somebody is, as the audit log keeps it (sealed): the address, a space, and what their program says of itself. */
import type { IncomingMessage } from 'node:http'

const LENGTH = 200

/** Behind a proxy the address is the proxy's. */
export const fromOf = (request: IncomingMessage): string =>
  `${request.socket.remoteAddress ?? '-'} ${request.headers['user-agent'] ?? ''}`.trimEnd().slice(0, LENGTH)
