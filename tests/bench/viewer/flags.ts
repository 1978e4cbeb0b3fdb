/**
 * How every contender's browser is started. By default as on any machine without a GPU: pages are put together on the CPU and WebGL is
 * computed. BENCH_FLAGS=computed sends everything through a GPU that the CPU computes, which nobody's own browser does.
 */
import { CHROMIUM_FLAGS, COMPUTED_GPU_FLAGS } from '../../support/chromium.ts'

export const FLAGS: readonly string[] =
  process.env['BENCH_FLAGS'] === 'computed' ? COMPUTED_GPU_FLAGS : CHROMIUM_FLAGS
