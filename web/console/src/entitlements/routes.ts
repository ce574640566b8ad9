import type { PageRoute } from '../routes.ts'

export default [
  { path: '/entitlements', page: () => import('./SummaryPage.tsx') },
  { path: '/entitlements/list', page: () => import('./ListPage.tsx') },
] satisfies readonly PageRoute[]
