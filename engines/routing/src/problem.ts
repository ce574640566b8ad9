/** A problem in VROOM's vocabulary, checked: seconds, metres, whole amounts. What stands under new keys never changes the meaning of VROOM's. */
export type Window = readonly [number, number]

export interface Visit {
  readonly id: number | string
  readonly description: string | null
  /** Place in the matrices. */
  readonly place: number
  readonly setup: number
  readonly service: number
  readonly windows: readonly Window[]
}

export interface Job extends Visit {
  readonly delivery: readonly number[]
  readonly pickup: readonly number[]
  readonly skills: readonly (number | string)[]
  readonly priority: number
}

export interface Shipment {
  readonly pickup: Visit
  readonly delivery: Visit
  readonly amount: readonly number[]
  readonly skills: readonly (number | string)[]
  readonly priority: number
}

export interface Break {
  readonly id: number | string
  readonly description: string | null
  readonly service: number
  readonly windows: readonly Window[]
}

export interface Vehicle {
  readonly id: number | string
  readonly description: string | null
  readonly profile: string
  readonly start: number | null
  readonly end: number | null
  readonly capacity: readonly number[]
  readonly skills: readonly (number | string)[]
  readonly window: Window
  readonly breaks: readonly Break[]
  readonly speedFactor: number
  readonly maxTasks: number
  readonly maxTravelTime: number
  readonly maxDistance: number
  /** Cost units: once when used, per hour on the road, per kilometre, per hour at work on tasks. */
  readonly fixed: number
  readonly perHour: number
  readonly perKm: number
  readonly perTaskHour: number
}

export interface Matrix {
  readonly size: number
  readonly durations: Int32Array
  readonly distances: Int32Array | null
}

export interface Problem {
  readonly jobs: readonly Job[]
  readonly shipments: readonly Shipment[]
  readonly vehicles: readonly Vehicle[]
  readonly matrices: Readonly<Record<string, Matrix>>
  readonly dimensions: number
  /** Coordinates of places, longitude first; null where the input gave indices alone. */
  readonly coordinates: readonly (readonly [number, number] | null)[]
}

export const NO_LIMIT = 2_147_483_647

/** What is wrong with an input, and where. */
export interface Fault {
  /** JSON path, such as `jobs[3].time_windows[0]`. */
  readonly path: string
  readonly code: 'missing' | 'unknownKey' | 'type' | 'range' | 'duplicate' | 'order' | 'size' | 'place' | 'profile' | 'empty' | 'notSupported'
  readonly zh: string
  readonly en: string
}
