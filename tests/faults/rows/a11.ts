/** The door: pages of other sites, names that were pointed at us, borrowed cookies. A table, asked over plain TCP as a browser or a script would. */
import { request } from 'node:http'
import { type Fault, Random } from '../fault.ts'
import { signedIn, type Ward, withWard } from '../wire/wards.ts'

type Headers = Record<string, string | string[]>

interface Knock {
  readonly what: string
  readonly headers: Headers
  readonly query?: string
}

/** What a site that is not ours, or a stranger, can bring about. Nothing of it may open anything. */
function knocks(url: string, cookie: string): Knock[] {
  const { host, port } = new URL(url)
  const ours = url
  const borrowed = (what: string, headers: Headers): Knock => ({
    what,
    headers: { host, cookie, ...headers },
  })
  return [
    ...[
      'https://evil.example',
      'null',
      'file://',
      '',
      `${ours}.evil.example`,
      `${ours}/`,
      `http://evil.example:${port}`,
      `https://${host}`,
      `http://localhost.evil.example:${port}`,
      `http://127.0.0.1:${Number(port) + 1}`,
      'http://127.0.0.1',
      `http://127.0.0.1.:${port}`,
      `http://user@${host}`,
      `${ours}, https://evil.example`,
      'chrome-extension://abcdefghijklmnop',
    ].map((origin) => borrowed(`origin ${origin || 'empty'}`, { origin })),
    borrowed('no origin', {}),
    borrowed('two origins', { origin: [ours, 'https://evil.example'] }),
    ...['evil.example', `evil.example:${port}`, `localhost.evil.example:${port}`, '169.254.169.254', ''].map(
      (name) => borrowed(`host ${name || 'empty'}`, { origin: ours, host: name }),
    ),
    borrowed('host and origin of another site', {
      origin: `http://evil.example:${port}`,
      host: `evil.example:${port}`,
    }),
    borrowed('forwarded host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }),
    { what: 'no cookie', headers: { host, origin: ours } },
    {
      what: 'somebody else’s idea of a cookie',
      headers: { host, origin: ours, cookie: `consilium=${'a'.repeat(40)}` },
    },
    { what: 'an empty cookie', headers: { host, origin: ours, cookie: 'consilium=' } },
    {
      what: 'a cookie of a longer name',
      headers: { host, origin: ours, cookie: cookie.replace('consilium', 'xconsilium') },
    },
    { what: 'a token that is none', headers: { host }, query: '?token=nonsense' },
    { what: 'a cookie as token', headers: { host }, query: `?token=${cookie.split('=')[1]}` },
    {
      what: 'a borrowed cookie and a token that is none',
      headers: { host, cookie },
      query: '?token=nonsense',
    },
    { what: 'a bearer that is none', headers: { host, authorization: 'Bearer nonsense' } },
    {
      what: 'a borrowed cookie and a bearer that is none',
      headers: { host, cookie, authorization: 'Bearer x' },
    },
    { what: 'basic authorization', headers: { host, cookie, authorization: 'Basic b2thZm9yOng=' } },
  ]
}

/** HTTP status that this request to open a socket is answered with; 101 where it opens, 0 where the line is cut. */
function knock(url: string, path: string, { headers, query = '' }: Knock): Promise<number> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const asked = request({
      hostname,
      port,
      path: `${path}${query}`,
      setHost: false,
      headers: {
        ...headers,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    })
    asked.on('upgrade', (_, socket) => {
      socket.destroy()
      resolve(101)
    })
    asked.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asked.on('error', () => resolve(0))
    asked.end()
  })
}

/** A form of another site, sent with somebody's cookie: may it make a lease, a token, a member? */
function forms(ward: Ward, document: string, cookie: string): { what: string; ask: () => Promise<number> }[] {
  const { url } = ward.server
  const bodies = {
    'text/plain': '{"count":1}',
    'application/x-www-form-urlencoded': 'count=1',
    'application/json': '{"count":1}',
  }
  const paths = [
    `/documents/${document}/leases`,
    '/tokens',
    '/me/password',
    `/projects/${ward.projectId}/members/x`,
  ]
  return ['https://evil.example', 'null', null].flatMap((origin) =>
    Object.entries(bodies).flatMap(([type, body]) =>
      paths.map((path) => ({
        what: `${type} from ${origin ?? 'nowhere'} to ${path.split('/')[1]}`,
        ask: async () => {
          const answer = await fetch(`${url}/api${path}`, {
            method: path.includes('members') ? 'PUT' : 'POST',
            headers: {
              cookie,
              'content-type': type,
              ...(origin === null ? { 'sec-fetch-site': 'cross-site' } : { origin }),
            },
            body,
          })
          await answer.body?.cancel()
          return answer.status
        },
      })),
    ),
  )
}

export const fault: Fault = {
  id: 'A11',
  fault:
    'sockets and forms of other sites with somebody’s cookie: foreign, missing and doubled Origin, foreign Host, tokens that are none',
  must: 'no socket is opened and nothing is changed',
  trials: { short: 1, full: 20 },
  run: (trials, seed) =>
    withWard(async (ward) => {
      const failures: string[] = []
      const document = (await ward.newDocument()).name
      const { url } = ward.server
      const paths = ['/collab', `/yjs/${document}`]
      let sockets = 0
      let requests = 0
      for (let trial = 0; trial < trials; trial++) {
        const random = new Random(seed + trial)
        const person = await ward.server.running.services.people.byLogin(random.pick(['okafor', 'vasquez']))
        const { cookie } = await signedIn(ward, person?.id ?? 0)
        const address = `http://${random.pick(['127.0.0.1', 'localhost'])}:${new URL(url).port}`
        for (const path of paths) {
          for (const one of knocks(address, cookie)) {
            sockets++
            const status = await knock(address, path, one)
            if (status === 101)
              failures.push(`seed ${seed + trial}: ${path.slice(0, 7)} ${one.what} was let in`)
          }
          const honest = {
            what: 'our own page',
            headers: { host: new URL(address).host, cookie, origin: address },
          }
          const status = await knock(address, path, honest)
          if (status !== 101)
            failures.push(`seed ${seed + trial}: ${path} our own page was answered ${status}`)
        }
        for (const { what, ask } of forms(ward, document, cookie)) {
          requests++
          const status = await ask()
          if (status < 400) failures.push(`seed ${seed + trial}: ${what} was answered ${status}`)
        }
      }
      return {
        trials,
        failures,
        figures: { 'sockets tried': sockets, 'forms tried': requests },
      }
    }),
}
