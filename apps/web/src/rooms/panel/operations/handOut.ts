/** Hands files to the browser's downloads. */
interface MadeFile {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export function handOut(files: readonly MadeFile[]): void {
  for (const { name, bytes } of files) {
    const type = name.endsWith('.gz') ? 'application/gzip' : 'text/tab-separated-values'
    const address = URL.createObjectURL(new Blob([bytes], { type }))
    const link = Object.assign(document.createElement('a'), { href: address, download: name })
    link.click()
    // The download has taken what it needs by the next turn.
    setTimeout(() => URL.revokeObjectURL(address))
  }
}
