/**
 * Leaves out of the page what writes schemas down as JSON Schema: only the server does that, for its description of the API, but every schema
 * of zod's refers to it, so that it cannot be left out for not being called. Whoever called it all the same would be told.
 */
import type { Plugin } from 'vite'

const WRITES_SCHEMAS = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/
const EXPORTED = /^export (?:const|function) (\w+)/gm

export const noJsonSchemas = (): Plugin => ({
  name: 'no-json-schemas',
  apply: 'build',
  transform: {
    filter: { id: WRITES_SCHEMAS },
    handler(code) {
      const names = [...code.matchAll(EXPORTED)].map(([, name]) => `none as ${name}`)
      return {
        code: `const none = () => { throw new Error('The page writes no JSON schemas') }\nexport { ${names.join(', ')}, none as process }\n`,
        map: null,
      }
    },
  },
})
