/** `npm run dev`: the server, restarted when its files change, and the page with reload on http://localhost:5173. */
import { spawn } from 'node:child_process'

const run = (args: string[], cwd: string) => spawn(process.execPath, args, { cwd, stdio: 'inherit' })

const children = [
  run(
    ['--watch-path=apps/collab-server/src', '--watch-path=packages', 'apps/collab-server/src/main.ts'],
    '.',
  ),
  run(['../../node_modules/vite/bin/vite.js'], 'apps/web'),
]
const stop = () => children.forEach((child) => child.kill('SIGTERM'))
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
for (const child of children) child.once('exit', stop)
