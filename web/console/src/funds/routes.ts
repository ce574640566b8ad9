import type { PageRoute } from '../routes.ts'

export default [
  { path: '/funds', page: () => import('./FundsPage.tsx') },
  { path: '/funds/account', page: () => import('./StatementPage.tsx') },
] satisfies readonly PageRoute[]
