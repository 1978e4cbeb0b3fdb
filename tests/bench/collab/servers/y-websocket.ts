/** @y/websocket-server 0.1.1 as it comes: keeps documents in memory, acknowledges nothing. */
import { createServer } from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { answerReports } from './report.ts'

const http = createServer()
const sockets = new WebSocketServer({ server: http })
sockets.on('connection', setupWSConnection)
http.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.({ ready: true }))
answerReports()
