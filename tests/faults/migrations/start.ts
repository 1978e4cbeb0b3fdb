/** A program that opens the database at an address as the server does at its start, migrations and all, and ends. To be killed meanwhile. */
import { openDatabase } from '../../../apps/collab-server/src/db/open.ts'
import { openLog } from '../../../apps/collab-server/src/log.ts'

const [databaseUrl = ''] = process.argv.slice(2)
const database = await openDatabase({ data: '', databaseUrl }, openLog({ logLevel: 'silent' }))
await database.close()
