import type { PageRoute } from '../routes.ts'

export default [
  { path: '/today', page: () => import('./TodayPage.tsx') },
  { path: '/work', page: () => import('./WorkPage.tsx') },
  { path: '/work/:id', page: () => import('./CasePage.tsx') },
] satisfies readonly PageRoute[]
