import type { PageRoute } from '../routes.ts'

export default [
  { path: '/payments', page: () => import('./PaymentsPage.tsx') },
  { path: '/payments/payees', page: () => import('./PayeesPage.tsx') },
  { path: '/payments/recoveries', page: () => import('./RecoveriesPage.tsx') },
  { path: '/payments/:id', page: () => import('./BatchPage.tsx') },
  { path: '/payments/:id/list', page: () => import('./LinesPage.tsx') },
  { path: '/payments/:id/notice', page: () => import('./NoticePage.tsx') },
] satisfies readonly PageRoute[]
