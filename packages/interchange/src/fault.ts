/**
 * Why something cannot be taken over or written: a whole sentence for the person who asked. It may repeat numbers of a file, never its
 * texts. What is wrong with a file itself is an ImagingFault of the reader.
 */
export class ExchangeFault extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause })
    this.name = 'ExchangeFault'
  }
}
