import type { PageRoute } from '../routes.ts'

export default [
  { path: '/policies', page: () => import('./ServiceListPage.tsx') },
  { path: '/policies/versions', page: () => import('./VersionsPage.tsx') },
  { path: '/policies/versions/new', page: () => import('./NewDraftPage.tsx') },
  { path: '/policies/versions/:id', page: () => import('./VersionPage.tsx') },
  { path: '/policies/items/:id', page: () => import('./ItemPage.tsx') },
  { path: '/policies/documents', page: () => import('./DocumentsPage.tsx') },
  { path: '/policies/documents/:id', page: () => import('./DocumentPage.tsx') },
] satisfies readonly PageRoute[]
