import { expect, it, vi } from 'vitest'
import { exchanged } from './scalars.ts'

interface Values {
  getData(): Float32Array
  delete(): void
}
interface Image {
  getPointData(): { setScalars(values: Values): void; getScalars(): Values; getNumberOfArrays(): number }
}
type Class<T> = { readonly default: { newInstance(values?: object): T } }

it('[V137] an image of vtk.js holds the values of the last moment only, and complains of nothing', async () => {
  const complained = vi.spyOn(console, 'error').mockImplementation(() => {})
  const images = (await import('@kitware/vtk.js/Common/DataModel/ImageData.js')) as unknown as Class<Image>
  const arrays = (await import('@kitware/vtk.js/Common/Core/DataArray.js')) as unknown as Class<Values>
  const image = images.default.newInstance()
  let values: Values | null = null
  for (const moment of [1, 2, 3])
    values = exchanged(
      image,
      values,
      arrays.default.newInstance({ values: Float32Array.of(moment), numberOfComponents: 1, name: 'values' }),
    )
  expect(complained).not.toHaveBeenCalled()
  expect(image.getPointData().getNumberOfArrays()).toBe(1)
  expect([...image.getPointData().getScalars().getData()]).toEqual([3])
  complained.mockRestore()
})
