/**
 * Completes package-lock.json with the optional packages of other platforms. `npm install` writes only those it could look up, and a
 * registry that carries only some platforms' builds leaves holes; `npm ci` then calls the lock out of step, on every platform.
 * The added entries name version, system and processor, so that npm installs them where they belong and nowhere else.
 * Run after each change of dependencies: `npm run lock`. With `--check` it only says whether there are holes.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Entry {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const SYSTEMS: Readonly<Record<string, string>> = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win: 'win32',
  win32: 'win32',
  windows: 'win32',
}
const PROCESSORS = new Set(
  'arm arm64 ia32 loong64 mips64el ppc64 ppc64le riscv64 s390x wasm32 x64'.split(' '),
)

/** Builds are named after what they run on: `@biomejs/cli-linux-arm64-musl`, `@turbo/windows-64`. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.replace('aarch64', 'arm64').split(/[/-]/)
  const os = words.map((word) => SYSTEMS[word]).find((system) => system !== undefined)
  const cpu = words
    .map((word) => (word === '64' ? 'x64' : word.replace(/^armv?[67]$/, 'arm')))
    .find((word) => PROCESSORS.has(word))
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) && os === 'linux' ? 'glibc' : undefined
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) }
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> }
const { packages } = lock
const holes = new Map<string, Entry>()
for (const [place, entry] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const at = `node_modules/${name}`
    if (packages[`${place}/${at}`] || packages[at]) continue
    holes.set(at, {
      version: version.replace(/^[\^~]/, ''),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...platformOf(name),
    })
  }
}

if (process.argv.includes('--check')) {
  if (holes.size > 0)
    console.error(`package-lock.json lacks ${holes.size} packages of other platforms: npm run lock`)
  process.exitCode = holes.size > 0 ? 1 : 0
} else {
  const all = { ...packages, ...Object.fromEntries(holes) }
  lock.packages = Object.fromEntries(
    Object.keys(all)
      .toSorted()
      .map((at) => [at, all[at] as Entry]),
  )
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  for (const [at, { os, cpu, libc }] of holes)
    console.log(at, ...(os ?? ['any system']), ...(cpu ?? ['any processor']), ...(libc ?? []))
  console.log(`${holes.size} added`)
}
