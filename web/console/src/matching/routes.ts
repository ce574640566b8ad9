import type { PageRoute } from '../routes.ts'

export default [
  { path: '/matching', page: () => import('./MatchingPage.tsx') },
  { path: '/matching/:id', page: () => import('./RunPage.tsx') },
] satisfies readonly PageRoute[]
