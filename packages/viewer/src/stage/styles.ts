/**
 * The stage's own rules, as one constructed sheet: allowed under a strict content security policy, and shared by all stages.
 * Plates are 60 % black: on white tissue 50 % would leave their text a contrast below 4.5.
 */

const CSS = `
.cs-stage { position: absolute; inset: 0; display: grid; grid-template: minmax(0, 1fr) auto / minmax(0, 1fr) 30px; background: #000;
  color: var(--color-t1, #eeeef0); font: 400 11px/16px var(--font-sans, Inter Variable, Inter, system-ui, sans-serif);
  font-variant-numeric: tabular-nums; }
.cs-stage [hidden] { display: none !important; }
.cs-picture { container: picture / size; position: relative; overflow: hidden; touch-action: none; user-select: none; -webkit-user-select: none; outline: none; }
.cs-picture:focus-visible:not([data-pointed])::after { content: ''; position: absolute; inset: 0; border: 2px solid var(--color-acc, #86b7ff); pointer-events: none; }
.cs-picture > canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.cs-overlay, .cs-overlay > div { position: absolute; inset: 0; pointer-events: none; }
.cs-overlay .cs-cursor { inset: 0 auto auto 0; width: 0; height: 0; will-change: transform; }
.cs-cursor[data-idle] > svg { opacity: 0.55; }
.cs-cursor > svg { position: absolute; width: 15px; height: 16px; overflow: visible; fill: var(--person); stroke: rgb(11 11 12 / 0.9); stroke-width: 3;
  stroke-linejoin: round; paint-order: stroke; }
.cs-cursor > span { position: absolute; left: 0; top: 0; padding: 0 6px; border-radius: 4px; background: var(--person); color: #0b0b0c;
  font-weight: 600; line-height: 18px; white-space: nowrap; }
.cs-cursor[data-idle] > span { background: #0b0b0c; color: var(--person); }
.cs-corner { position: absolute; display: grid; gap: 1px; pointer-events: none; max-width: 45%; }
.cs-corner > span { padding: 0 5px; background: rgb(0 0 0 / 0.6); border-radius: 3px; width: fit-content; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; max-width: 100%; box-sizing: border-box; }
.cs-corner strong { font-weight: 600; }
.cs-corner > .cs-warning { color: var(--color-warn, #f3bc52); font-weight: 600; }
.cs-corner > .cs-window { pointer-events: auto; cursor: text; }
.cs-window-field { position: absolute; left: 7px; bottom: 44px; z-index: 2; display: flex; gap: 6px; align-items: center; padding: 6px 8px;
  background: rgb(11 11 12 / 0.94); border: 1px solid var(--color-ctl, #6f6f79); border-radius: 5px; }
.cs-window-field label { display: flex; gap: 4px; align-items: center; }
.cs-window-field input { width: 68px; height: 26px; padding: 0 6px; box-sizing: border-box; font: inherit; color: inherit; background: #000;
  border: 1px solid var(--color-ctl, #6f6f79); border-radius: 4px; }
.cs-window-field input[aria-invalid='true'] { border-color: var(--color-bad, #ff8a80); }
.cs-window-field button { height: 26px; padding: 0 10px; font: inherit; font-weight: 500; color: inherit; cursor: pointer;
  background: var(--color-s3, #222226); border: 1px solid var(--color-ctl, #6f6f79); border-radius: 4px; }
.cs-window-field :focus-visible { outline: 2px solid var(--color-acc, #86b7ff); outline-offset: 1px; }
.cs-colours { position: absolute; left: 8px; bottom: 96px; display: grid; justify-items: start; gap: 2px; pointer-events: none; }
.cs-colours > span { padding: 0 5px; background: rgb(0 0 0 / 0.6); border-radius: 3px; }
.cs-colours > canvas { width: 12px; height: min(128px, 20cqh); border: 1px solid rgb(0 0 0 / 0.6); }
.cs-top-left { top: 7px; left: 7px; justify-items: start; }
.cs-top-left > span:first-child { font-weight: 600; }
.cs-top-right { top: 7px; right: 24px; justify-items: end; }
.cs-bottom-left { bottom: 7px; left: 7px; justify-items: start; }
.cs-bottom-right { bottom: 7px; right: 24px; justify-items: end; }
.cs-ruler { display: grid; justify-items: end; gap: 3px; }
.cs-ruler i { display: block; height: 5px; border: 1.5px solid #eeeef0; border-top: 0; box-sizing: border-box; filter: drop-shadow(0 0 1px #000) drop-shadow(0 0 1px #000); }
.cs-picture > canvas.cs-cube { inset: auto; position: absolute; left: 8px; bottom: 46px; width: 40px; height: 40px; pointer-events: none; }
.cs-picture[data-compact] > canvas.cs-cube { bottom: 7px; }
.cs-letter { position: absolute; min-width: 17px; box-sizing: border-box; padding: 0 4px; text-align: center; background: rgb(0 0 0 / 0.6);
  border-radius: 4px; font-weight: 600; font-size: 12px; line-height: 17px; pointer-events: none; }
.cs-letter[data-edge='left'] { left: 8px; top: 50%; translate: 0 -50%; }
.cs-letter[data-edge='right'] { right: 26px; top: 50%; translate: 0 -50%; }
.cs-letter[data-edge='top'] { top: 7px; left: 50%; translate: -50% 0; }
.cs-letter[data-edge='bottom'] { bottom: 7px; left: 50%; translate: -50% 0; }
.cs-ghosts { position: absolute; left: calc(50% + 26px); right: 150px; display: flex; flex-wrap: wrap; gap: 6px; pointer-events: none; }
.cs-ghosts[data-side='up'] { top: 0; align-items: flex-start; }
.cs-ghosts[data-side='down'] { bottom: 0; align-items: flex-end; flex-wrap: wrap-reverse; }
.cs-ghost { display: inline-flex; align-items: center; gap: 6px; min-height: 26px; max-width: 100%; padding: 2px 8px; border: 0; cursor: pointer;
  pointer-events: auto; color: #eeeef0; background: rgb(11 11 12 / 0.86); font: inherit; font-weight: 500; white-space: nowrap;
  transition: color 120ms ease-out, border-color 120ms ease-out; }
.cs-ghosts[data-side='up'] .cs-ghost { border-bottom: 2px solid var(--faded, var(--person)); border-radius: 0 0 4px 4px; }
.cs-ghosts[data-side='down'] .cs-ghost { border-top: 2px solid var(--faded, var(--person)); border-radius: 4px 4px 0 0; }
.cs-ghost[data-idle] { --faded: color-mix(in srgb, var(--person) 65%, #0b0b0c); color: #b9b9c1; }
.cs-ghost[data-idle] .cs-person, .cs-bar-peer[data-idle] { color: var(--person); background: #0b0b0c; border: 1.5px solid var(--person); }
.cs-ghost:focus-visible, .cs-bar:focus-visible { outline: 2px solid var(--color-acc, #86b7ff); outline-offset: -2px; }
.cs-ghost-name { overflow: hidden; text-overflow: ellipsis; }
.cs-ghost-slice { flex: none; margin-left: -3px; }
.cs-person { flex: none; display: inline-grid; place-items: center; width: 18px; height: 18px; border-radius: 50%; background: var(--person);
  color: #0b0b0c; font-size: 9px; line-height: 1; font-weight: 700; }
.cs-bar { position: relative; background: #000; outline: none; cursor: pointer; touch-action: none; user-select: none; -webkit-user-select: none; }
.cs-bar-end { position: absolute; left: 0; right: 0; text-align: center; color: var(--color-t3, #91919b); pointer-events: none; }
.cs-bar-end[data-end='first'] { top: 7px; }
.cs-bar-end[data-end='last'] { bottom: 7px; }
.cs-track { position: absolute; top: 27px; bottom: 27px; left: 0; right: 0; }
.cs-track > canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
.cs-now { position: absolute; left: 5px; right: 5px; height: 3px; margin-top: -1.5px; background: #fff; border-radius: 2px;
  box-shadow: 0 0 0 1.5px rgb(0 0 0 / 0.7); pointer-events: none; }
.cs-bar-peer { position: absolute; left: -17px; translate: 0 -50%; pointer-events: none; box-shadow: 0 0 0 1.5px rgb(0 0 0 / 0.8); }
.cs-time { container: time / inline-size; grid-column: 1 / -1; display: flex; align-items: center; gap: 10px; height: 30px; padding: 0 10px 0 7px;
  border-top: 1px solid var(--color-line, #26262b); color: var(--color-t2, #b9b9c1); }
.cs-time > button { flex: none; display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border: 0; border-radius: 4px;
  background: none; color: var(--color-t1, #eeeef0); cursor: pointer; }
.cs-time > button:hover { background: var(--color-s3, #232328); }
.cs-time [data-playing='true'] > .cs-sign-play, .cs-time [data-playing='false'] > .cs-sign-pause { display: none; }
.cs-time > button[aria-pressed='true'] { background: var(--color-s4, #2c2c32); box-shadow: inset 0 0 0 1px var(--color-ctl, #6f6f79); }
.cs-speed { flex: none; display: grid; align-items: center; }
.cs-speed > * { grid-area: 1 / 1; }
.cs-speed > svg { justify-self: end; margin-right: 5px; color: var(--color-t3, #91919b); pointer-events: none; }
.cs-speed > select { appearance: none; height: 24px; padding: 0 24px 0 8px; border: 0; border-radius: 4px;
  background: var(--color-s3, #222226); color: var(--color-t1, #eeeef0); font: inherit; cursor: pointer; }
.cs-speed > select:hover { background: var(--color-s4, #2c2c32); }
@media (forced-colors: active) { .cs-speed > select { border: 1px solid; } }
.cs-time > input { flex: 1; min-width: 0; height: 20px; margin: 0; accent-color: var(--color-t2, #b9b9c1); cursor: pointer; }
@media not (forced-colors: active) {
  .cs-time > input { appearance: none; background: none; }
  .cs-time > input::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--color-ctl, #6f6f79); }
  .cs-time > input::-moz-range-track { height: 4px; border-radius: 2px; background: var(--color-ctl, #6f6f79); }
  .cs-time > input::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px; border-radius: 50%; background: var(--color-bone, #ebe4d3); }
  .cs-time > input::-moz-range-thumb { width: 14px; height: 14px; border: 0; border-radius: 50%; background: var(--color-bone, #ebe4d3); }
}
@container time (max-width: 520px) { .cs-where { display: none; } }
.cs-where { flex: none; min-width: 220px; text-align: right; }
.cs-time :focus-visible { outline: 2px solid var(--color-acc, #86b7ff); outline-offset: 1px; }
.cs-picture[data-compact] > :is(.cs-top-left, .cs-bottom-left) { display: none; }
.cs-picture[data-compact] > .cs-top-right { left: 7px; right: auto; justify-items: start; }
.cs-reticle { position: absolute; left: 0; top: 0; width: 33px; height: 33px; pointer-events: none; will-change: transform; }
.cs-reticle::before, .cs-reticle::after { content: ''; position: absolute; background: #eeeef0; box-shadow: 0 0 0 1px rgb(0 0 0 / 0.7); }
.cs-reticle::before { left: 16px; top: 0; width: 1px; height: 33px; clip-path: polygon(-2px -2px, 3px -2px, 3px 12px, -2px 12px, -2px 21px, 3px 21px, 3px 35px, -2px 35px); }
.cs-reticle::after { left: 0; top: 16px; width: 33px; height: 1px; clip-path: polygon(-2px -2px, -2px 3px, 12px 3px, 12px -2px, 21px -2px, 21px 3px, 35px 3px, 35px -2px); }
.cs-reticle[data-held] { border-radius: 50%; box-shadow: inset 0 0 0 2px var(--color-acc, #86b7ff); }
.cs-brush { position: absolute; left: 0; top: 0; box-sizing: border-box; pointer-events: none; will-change: transform;
  border: 1.5px solid var(--brush); outline: 1px solid rgb(0 0 0 / 0.6); }
.cs-brush[data-shape='round'] { border-radius: 50%; }
.cs-brush[data-tool='eraser'] { border-style: dashed; border-color: #eeeef0; }
.cs-brush > span { position: absolute; left: calc(100% + 8px); top: 50%; translate: 0 -50%; padding: 0 5px; border-radius: 3px;
  background: rgb(0 0 0 / 0.6); white-space: nowrap; }
.cs-brush[data-side='left'] > span { left: auto; right: calc(100% + 8px); }
.cs-brush:is([data-side='above'], [data-side='below']) > span { left: 50%; translate: -50% 0; }
.cs-brush[data-side='above'] > span { top: auto; bottom: calc(100% + 8px); }
.cs-brush[data-side='below'] > span { top: calc(100% + 8px); }
@container picture (max-width: 700px) {
  .cs-ghosts { left: 12px; right: 34px; justify-content: center; }
  .cs-ghosts[data-side='up'] { top: 78px; }
  .cs-ghosts[data-side='down'] { bottom: 50px; }
  .cs-ghosts .cs-ghost { border-radius: 4px; }
}
@media (prefers-reduced-motion: reduce) { .cs-ghost { transition: none; } }
@media (forced-colors: active) {
  .cs-picture, .cs-bar { forced-color-adjust: none; }
  .cs-picture:focus-visible:not([data-pointed])::after { border: 3px solid Highlight; }
}
`

let sheet: CSSStyleSheet | null = null

export function adoptStyles(root: Document): void {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
}
