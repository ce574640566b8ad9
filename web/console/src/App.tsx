import { Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { BrowserRouter, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router'
import { GoProvider } from '@songbai/web-shared/go.tsx'
import { KeysProvider } from '@songbai/web-shared/Keys.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { UndoProvider } from '@songbai/web-shared/widgets/Undo.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'
import { WordsProvider, useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { ClientProvider } from '@songbai/web-shared/api.ts'
import type { Client } from '@songbai/web-shared/api.ts'
import { orThrow } from './backend.ts'
import { Frame } from './frame/Frame.tsx'
import { menuFor } from './frame/menu.ts'
import { styleNonce } from './nonce.ts'
import { ROUTES, pageExists } from './routes.ts'
import { SessionProvider, useSession } from './session.ts'
import type { FrameApi, Me, Session } from './session.ts'
import { SignIn } from './signin/SignIn.tsx'
import { FaultPage, NotFoundPage, PageGuard } from './states/pages.tsx'
import { theme } from './theme.ts'
import { useViewState } from './view.ts'

export interface ConsoleProps {
  readonly api: FrameApi
  readonly client: Client
  /** Told when any answer says the session is over. */
  readonly onSignedOut: (tell: () => void) => void
}

export function Console(props: ConsoleProps) {
  const queries = useMemo(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 15_000, refetchOnWindowFocus: false } } }), [])
  return (
    <QueryClientProvider client={queries}>
      <ClientProvider value={props.client}>
        <BrowserRouter><Door {...props} queries={queries} /></BrowserRouter>
      </ClientProvider>
    </QueryClientProvider>
  )
}

// Who sits here decides everything: nobody → sign-in, somebody → the frame.
function Door({ api, onSignedOut, queries }: ConsoleProps & { readonly queries: QueryClient }) {
  const [away, setAway] = useState(false)
  const who = useQuery({ queryKey: ['me'], queryFn: () => orThrow(api.me()), staleTime: Infinity })
  useEffect(() => onSignedOut(() => {
    setAway(Boolean(queries.getQueryData(['me'])))
    queries.setQueryData(['me'], null)
  }), [onSignedOut, queries])
  const me = who.data
  const comeIn = () => { setAway(false); void queries.invalidateQueries() }
  const goOut = useCallback(() => void api.signOut().then(() => { queries.clear(); void who.refetch() }), [api, queries, who])
  return (
    <Around today={me?.today ?? chinaDay(Date.now())}>
      {who.isError && <FaultPage onRetry={() => void who.refetch()} />}
      {me === null && <SignIn api={api} onIn={comeIn} away={away} />}
      {me && <Inside me={me} api={api} onOut={goOut} />}
    </Around>
  )
}

function Around({ today, children }: { readonly today: string; readonly children: ReactNode }) {
  return <WordsProvider today={today}><Antd><KeysProvider><UndoProvider>{children}</UndoProvider></KeysProvider></Antd></WordsProvider>
}

function Antd({ children }: { readonly children: ReactNode }) {
  const { lang } = useWords()
  const csp = useMemo(() => ({ nonce: styleNonce() }), [])
  return <ConfigProvider theme={theme} csp={csp} locale={lang === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}><AntApp component={false}>{children}</AntApp></ConfigProvider>
}

export function Inside({ me, api, onOut }: { readonly me: Me; readonly api: FrameApi; readonly onOut: () => void }) {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { view, path, show } = useViewState(me)
  const go = useCallback((to: string) => void navigate(to), [navigate])
  const session = useMemo<Session>(() => ({ me, api, view, path, show, signOut: onOut, pageExists }), [me, api, view, path, show, onOut])
  return (
    <SessionProvider value={session}>
      <GoProvider value={go}>
        <Frame path={pathname}>
          <PageGuard at={pathname}><Suspense fallback={<div className="page"><Waiting for={null} rows={8}>{() => null}</Waiting></div>}><Pages /></Suspense></PageGuard>
        </Frame>
      </GoProvider>
    </SessionProvider>
  )
}

function Pages() {
  const { me } = useSession()
  const first = menuFor(me.roles, pageExists)[0]?.entries[0]?.to ?? '/me/password'
  return (
    <Routes>
      <Route path="/" element={<Navigate to={first} replace />} />
      {ROUTES.map(({ path, Page }) => <Route key={path} path={path} element={<Page />} />)}
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}
