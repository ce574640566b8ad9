import type { PageRoute } from '../routes.ts'

export default [
  { path: '/imports', page: () => import('./ImportsPage.tsx') },
  { path: '/imports/:id', page: () => import('./BatchPage.tsx') },
] satisfies readonly PageRoute[]
