export { createRandom } from './random.ts'
export { Naive } from './naive.ts'
export { simulate, type Engine, type Outcome } from './simulate.ts'
export { offline, type Offline } from './offline.ts'
