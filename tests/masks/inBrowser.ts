/** What a browser is given to run: bundled for it by tests/e2e/engines.spec.ts. */
export { hashOfActs } from '../../packages/crdt-schema/src/kinds/mask/bytes/testing/hashOfActs.ts'
export { replay } from './replay.ts'
