import type { PageRoute } from '../routes.ts'

export default [
  { path: '/regions', page: () => import('./RegionsPage.tsx') },
  { path: '/regions/changes', page: () => import('./Changes.tsx') },
  { path: '/regions/change', page: () => import('./NewChange.tsx') },
] satisfies readonly PageRoute[]
