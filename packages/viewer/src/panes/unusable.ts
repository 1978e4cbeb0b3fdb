/** The numbers of a series do not describe a picture in space, or it does not fit into memory. */
export class SeriesUnusable extends Error {
  override readonly name = 'SeriesUnusable'
}
