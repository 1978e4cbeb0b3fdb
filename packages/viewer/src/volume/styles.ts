/** What the 3D pane adds to the stage's own rules: the sentence in the middle of it. */

const CSS = `
.cs-volume { position: absolute; inset: 0; background: #000; color: var(--color-t1, #eeeef0);
  font: 400 11px/16px var(--font-sans, Inter Variable, Inter, system-ui, sans-serif); }
.cs-volume [hidden] { display: none !important; }
.cs-volume > .cs-picture { position: absolute; inset: 0; }
.cs-volume > .cs-picture > canvas { pointer-events: none; }
.cs-volume .cs-cube { bottom: 7px; }
.cs-volume .cs-letter[data-edge='right'] { right: 8px; }
.cs-said { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 12px; padding: 24px;
  background: #000; color: var(--color-t2, #b9b9c1); text-align: center; font-size: 13px; line-height: 20px; }
.cs-picture[aria-busy='true'] ~ .cs-said { pointer-events: none; }
.cs-said > span { max-width: 44ch; }
.cs-said > button { min-height: 28px; padding: 0 12px; border: 1px solid var(--color-ctl, #6f6f79); border-radius: 5px; background: none;
  color: var(--color-t1, #eeeef0); font: inherit; cursor: pointer; }
.cs-said > button:focus-visible { outline: 2px solid var(--color-acc, #86b7ff); outline-offset: 2px; }
`

let sheet: CSSStyleSheet | null = null

export function adoptVolumeStyles(root: Document): void {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet)
}
