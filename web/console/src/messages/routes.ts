import type { PageRoute } from '../routes.ts'

export default [
  { path: '/messages', page: () => import('./MessagesPage.tsx') },
  { path: '/messages/:id', page: () => import('./MessagePage.tsx') },
] satisfies readonly PageRoute[]
