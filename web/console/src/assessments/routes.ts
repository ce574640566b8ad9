import type { PageRoute } from '../routes.ts'

export default [
  { path: '/assessments', page: () => import('./AssessmentsPage.tsx') },
  { path: '/assessments/start/:elderId', page: () => import('./StartPage.tsx') },
  { path: '/assessments/:id', page: () => import('./AssessmentPage.tsx') },
  { path: '/assessments/:id/print', page: () => import('./PrintPage.tsx') },
] satisfies readonly PageRoute[]
