/** Runs before the page's own code where the server hands out the page for an address of a case (tools/casePage.ts). */
import { openAhead } from './open.ts'

openAhead(location.pathname)
