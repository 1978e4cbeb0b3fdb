import { Route, Router } from '@solidjs/router'
import { render } from 'solid-js/web'
import './styles.css'
import Workbench from './workbench/Workbench.tsx'

const root = document.getElementById('app')
if (root)
  render(
    () => (
      <Router>
        <Route path="*" component={Workbench} />
      </Router>
    ),
    root,
  )
