import { expect, it } from 'vitest'
import { casePage } from '../../tools/casePage.ts'

const INDEX = `<head>
    <script type="module" crossorigin src="/assets/index-1.js"></script>
    <link rel="modulepreload" crossorigin href="/assets/shared-1.js">
  </head>`

it('[V38] the page of a case names the code of its room, each file once, and what asks for the pictures before all else', () => {
  const page = casePage(
    INDEX,
    ['assets/early-1.js'],
    ['assets/PanelRoom-1.js', 'assets/shared-1.js', 'assets/early-1.js'],
  )
  expect(page.split('\n').map((line) => line.trim())).toEqual([
    '<head>',
    '<script type="module" async crossorigin src="/assets/early-1.js"></script>',
    '<script type="module" crossorigin src="/assets/index-1.js"></script>',
    '<link rel="modulepreload" crossorigin href="/assets/shared-1.js">',
    '<link rel="modulepreload" crossorigin href="/assets/PanelRoom-1.js">',
    '</head>',
  ])
})
