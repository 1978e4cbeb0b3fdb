/**
 * The way to the server: where it is, as whom we speak, and what its refusals mean here.
 * The administrator's token found in the data folder is only ever sent to this machine.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { exchange } from './exchange.ts'
import { Failure, NotThere, Unreachable, Usage } from './failure.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

export interface LinkOptions {
  server?: string
  token?: string
}

/** Adds --server and --token, the same for each command that talks to the server. */
export function withLink(command: Command): Command {
  return command
    .option('--server <url>', 'address of the server (default: http://localhost:$PORT or :4000)')
    .option(
      '--token <secret>',
      "access token (default: CONSILIUM_TOKEN, or the administrator's on the server's own machine)",
    )
}

export class Link {
  readonly base: URL
  readonly #token: string

  constructor(options: LinkOptions, environment: NodeJS.ProcessEnv = process.env) {
    const address = options.server ?? `http://localhost:${environment['PORT'] || 4000}`
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
      throw new Usage(`--server: "${address}" is not an address. Give one like http://localhost:4000.`)
    this.base = new URL(address)
    this.#token = options.token ?? environment['CONSILIUM_TOKEN'] ?? this.#ownMachinesToken(environment)
  }

  /** Body as JSON, answer as JSON. Throws Failure with the server's own words. */
  call<T>(method: string, path: string, body?: unknown): Promise<T> {
    if (body === undefined) return this.sendBytes<T>(method, path, {}, [])
    return this.sendBytes<T>(method, path, { 'content-type': 'application/json' }, [
      new TextEncoder().encode(JSON.stringify(body)),
    ])
  }

  /** The body is these pieces one after the other, answer as JSON. */
  async sendBytes<T>(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    pieces: readonly Uint8Array[],
  ): Promise<T> {
    const authorization = `Bearer ${this.#token}`
    const asked = { method, headers: { ...headers, authorization, accept: 'application/json' } }
    const { status, text } = await exchange(this.#address(path), asked, pieces).catch((error: unknown) => {
      throw this.#unreachable(error)
    })
    if (status < 200 || status > 299) throw this.#refusal(status, text)
    return parse(text) as T
  }

  /** Bytes as they come. Throws an ordinary error where the connection breaks in their midst. */
  async stream(path: string): Promise<AsyncIterable<Uint8Array>> {
    const headers = { authorization: `Bearer ${this.#token}` }
    const response = await fetch(this.#address(path), { headers }).catch((error: unknown) => {
      throw this.#unreachable(error instanceof Error && error.cause instanceof Error ? error.cause : error)
    })
    if (!response.ok) throw this.#refusal(response.status, await response.text())
    return response.body ?? new Blob([]).stream()
  }

  #refusal(status: number, text: string): Failure {
    const answer = parse(text)
    const sentence = sentenceOf(status, answer, this.base)
    const { code } = Object(answer) as { code?: string }
    const said = code === undefined ? { status } : { status, code }
    return status === 404 ? new NotThere(sentence, said) : new Failure(sentence, said)
  }

  #address(path: string): URL {
    return new URL(`/api${path}`, this.base)
  }

  #unreachable(why: unknown): Unreachable {
    const { code } = Object(why) as { code?: string }
    return new Unreachable(
      `No server answers at ${this.base.origin}${code ? ` (${code})` : ''}. ` +
        'Start one with "consilium serve", or name another with --server.',
    )
  }

  #ownMachinesToken(environment: NodeJS.ProcessEnv): string {
    const file = join(resolve(environment['CONSILIUM_DATA'] || './data'), 'admin-token')
    if (LOOPBACK.has(this.base.hostname) && existsSync(file)) return readFileSync(file, 'utf8').trim()
    throw new Failure(
      'There is no access token. Give one with --token or CONSILIUM_TOKEN; ' +
        `on the server's own machine set CONSILIUM_DATA to its data folder (looked in ${file}).`,
    )
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function sentenceOf(status: number, answer: unknown, base: URL): string {
  if (answer && typeof answer === 'object' && 'message' in answer) {
    if (status === 401)
      return `This access token is not accepted at ${base.origin}: it was withdrawn, or made on another server.`
    const { message, next, field } = answer as { message: string; next?: string; field?: string }
    const named = field && !message.startsWith(`${field}:`) ? `(${field})` : ''
    return [message, named, next ?? ''].filter(Boolean).join(' ')
  }
  return `${base.origin} answered ${status} and nothing this program understands. Is it a Consilium server?`
}
