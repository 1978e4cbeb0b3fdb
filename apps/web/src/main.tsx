/** The page begins here: styles, the cache of answers, the rooms. */
import { QueryClientProvider } from '@tanstack/solid-query'
import { render } from 'solid-js/web'
import { openAhead } from './ahead/open.ts'
import { warm } from './ahead/warm.ts'
import { newQueryClient } from './queries.ts'
import { Rooms } from './rooms/Rooms.tsx'
import './styles.css'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')

const client = newQueryClient()
openAhead(location.pathname)
warm(client, location.pathname)
render(
  () => (
    <QueryClientProvider client={client}>
      <Rooms />
    </QueryClientProvider>
  ),
  root,
)
