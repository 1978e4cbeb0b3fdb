/**
 * Where the random tests begin: at the same place every time, so that the same code gets the same verdict from everybody. `TEST_SEED` is
 * another place; `npm run faults` takes a new one each time, and is where faults that nobody thought of are looked for.
 */
export const SEED = Number(process.env['TEST_SEED'] ?? 1)
