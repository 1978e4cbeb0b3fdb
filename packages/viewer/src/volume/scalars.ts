/** The values of an image of vtk.js give way to others. */
interface Owned {
  delete(): void
}

interface Holder<T> {
  getPointData(): { setScalars(values: T): void }
}

/** Returns `values`. Those before go last: the image asks them for their name when it takes others of the same name. */
export function exchanged<T extends Owned>(image: Holder<T>, before: T | null, values: T): T {
  image.getPointData().setScalars(values)
  before?.delete()
  return values
}
