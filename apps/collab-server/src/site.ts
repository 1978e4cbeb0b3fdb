/**
 * The addresses people open this server at. A browser says in `Origin` and `Host` where a request comes from and goes to;
 * what is not one of ours is another site trying to use somebody's cookie, or a name that was pointed at us (DNS rebinding).
 */
import type { Config } from './config.ts'

export interface Site {
  /** The first address, for links on the console. */
  readonly url: string
  /** People come by https. */
  readonly secure: boolean
  readonly origins: ReadonlySet<string>
  /** `host` header, with its port. */
  readonly hosts: ReadonlySet<string>
}

/** `port` is the one we really listen on. */
export function siteOf(config: Pick<Config, 'origins' | 'host'>, port: number): Site {
  const local = ['localhost', '127.0.0.1', '[::1]'].map((name) => `http://${name}:${port}`)
  const origins = new Set([...config.origins, ...local])
  return {
    url: config.origins[0] ?? `http://localhost:${port}`,
    secure: config.origins.length > 0 && config.origins.every((origin) => origin.startsWith('https:')),
    origins,
    hosts: new Set([...origins].map((origin) => new URL(origin).host)),
  }
}
