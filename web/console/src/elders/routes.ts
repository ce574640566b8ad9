import type { PageRoute } from '../routes.ts'

export default [
  { path: '/elders', page: () => import('./ListPage.tsx') },
  { path: '/elders/new', page: () => import('./RegisterPage.tsx') },
  { path: '/elders/duplicates', page: () => import('./DuplicatesPage.tsx') },
  { path: '/elders/:id', page: () => import('./ElderPage.tsx') },
] satisfies readonly PageRoute[]
