import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@songbai/web-shared/tokens.css'
import '@songbai/web-shared/widgets.css'
import '@songbai/web-shared/print.css'
import { Console } from './App.tsx'
import { createBackend } from './backend.ts'
import { giveStylesTheNonce, styleNonce } from './nonce.ts'

giveStylesTheNonce(styleNonce())

createRoot(document.getElementById('root')!).render(<StrictMode><Console {...createBackend()} /></StrictMode>)
