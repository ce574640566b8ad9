import type { PageRoute } from '../routes.ts'

export default [
  { path: '/lab', page: () => import('./LabPage.tsx') },
  { path: '/lab/:id', page: () => import('./EditorPage.tsx') },
] satisfies readonly PageRoute[]
