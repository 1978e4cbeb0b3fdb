import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { StartupError } from './startupError.ts'

it('reads an empty environment as the defaults, answering on this machine only', () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    data: resolve('data'),
    databaseUrl: null,
    demo: true,
    demoStudy: true,
    origins: [],
    instanceKey: null,
    checkpointKeys: null,
    witnessFolder: null,
    witnessUrl: null,
    socketsPerSecond: 200,
    logLevel: 'info',
  })
})

it('takes an empty value as absent', () => {
  expect(readConfig({ PORT: '', CONSILIUM_DEMO: ' ', DATABASE_URL: '' })).toEqual(readConfig({}))
})

it('reads every setting', () => {
  expect(
    readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      CONSILIUM_DATA: '/var/lib/consilium',
      DATABASE_URL: 'postgres://me:secret@db:5432/consilium',
      CONSILIUM_DEMO: 'empty',
      CONSILIUM_ORIGIN: 'https://a.example.org, http://b.example.org:8080/',
      CONSILIUM_INSTANCE_KEY: 'ab'.repeat(32),
      CONSILIUM_CHECKPOINT_KEY: `${'01'.repeat(32)}, ${'02'.repeat(32)}`,
      CONSILIUM_WITNESS_FOLDER: '/mnt/witness',
      CONSILIUM_WITNESS_URL: 'https://witness.example.org/checkpoints',
      CONSILIUM_SOCKETS_PER_SECOND: '50',
      LOG_LEVEL: 'debug',
    }),
  ).toEqual({
    port: 8080,
    host: '0.0.0.0',
    data: '/var/lib/consilium',
    databaseUrl: 'postgres://me:secret@db:5432/consilium',
    demo: true,
    demoStudy: false,
    origins: ['https://a.example.org', 'http://b.example.org:8080'],
    instanceKey: 'ab'.repeat(32),
    checkpointKeys: ['01'.repeat(32), '02'.repeat(32)],
    witnessFolder: '/mnt/witness',
    witnessUrl: 'https://witness.example.org/checkpoints',
    socketsPerSecond: 50,
    logLevel: 'debug',
  })
})

it('names every mistaken variable, in one go, and never repeats a secret', () => {
  const said = mistakes({
    PORT: '99999',
    HOST: 'a b',
    DATABASE_URL: 'mysql://me:hunter2@db',
    CONSILIUM_DEMO: 'maybe',
    CONSILIUM_ORIGIN: 'consilium.example.org',
    CONSILIUM_INSTANCE_KEY: 'short',
    CONSILIUM_CHECKPOINT_KEY: 'short too',
    CONSILIUM_WITNESS_URL: 'ftp://witness',
    CONSILIUM_SOCKETS_PER_SECOND: '0',
    LOG_LEVEL: 'loud',
  })
  const named = said.split('\n').map((line) => line.split(' ')[0])
  expect(named.toSorted()).toEqual([
    'CONSILIUM_CHECKPOINT_KEY',
    'CONSILIUM_DEMO',
    'CONSILIUM_INSTANCE_KEY',
    'CONSILIUM_ORIGIN',
    'CONSILIUM_SOCKETS_PER_SECOND',
    'CONSILIUM_WITNESS_URL',
    'DATABASE_URL',
    'HOST',
    'LOG_LEVEL',
    'PORT',
  ])
  expect(said).not.toContain('hunter2')
  expect(said).not.toContain('short')
})

it.each(['4000x', '-1', '65536', '1e3'])('refuses the port %s', (port) => {
  expect(mistakes({ PORT: port })).toMatch(/^PORT must be a port number from 0 to 65535, not "/)
})

function mistakes(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartupError) return error.message
    throw error
  }
  throw new Error('the settings were accepted')
}
