import { lazy } from 'react'
import type { ComponentType } from 'react'

/** One page of a capability: `web/console/src/<capability>/routes.ts` exports a list of these as default. */
export interface PageRoute {
  /** react-router pattern from the root: `/elders`, `/elders/:id`. */
  readonly path: string
  readonly page: () => Promise<{ readonly default: ComponentType }>
}

interface RoutesModule {
  readonly default: readonly PageRoute[]
}

// A folder with a routes.ts is a part of the console; no list to edit, no merge to quarrel over.
const found = import.meta.glob<RoutesModule>('./*/routes.ts', { eager: true })

export const ROUTES = Object.values(found).flatMap((module) => module.default).map(({ path, page }) => ({ path, Page: lazy(page) }))

/** The menu shows only what exists. */
export function pageExists(to: string): boolean {
  return ROUTES.some((route) => route.path === to)
}
