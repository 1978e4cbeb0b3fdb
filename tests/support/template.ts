/** Before any test: the folder of the cluster that all data folders begin with (db/template.ts). Deleted after the last. */
import { TEMPLATE } from '../../apps/collab-server/src/db/template.ts'
import { temporaryFolder } from './server.ts'

export default function setup(): () => void {
  const folder = temporaryFolder('consilium-template')
  process.env[TEMPLATE] = folder.path
  return () => folder.remove()
}
