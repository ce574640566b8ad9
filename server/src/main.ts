/** The server: opens everything, makes the first accounts or the demo, serves, and stops cleanly. */
import { createHttp, operatorActor, type App } from '@songbai/platform/server'
import { actorOf } from '@songbai/capabilities'
import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { countiesAtWork } from './counties.ts'
import { boot } from './boot.ts'
import { readConfig, SetupError, type Config } from './config.ts'
import { firstAdministrator } from './first-administrator.ts'
import { loadStartDemo } from './demo.ts'
import { socketPath } from './socket.ts'
import { isSentence, sentence, type SentenceKey } from './words.ts'

export async function main(args: readonly string[]): Promise<void> {
  const config = readConfigOrExit(args)
  const say = (key: SentenceKey, values?: Record<string, string | number>): void => void process.stdout.write(`${sentence(config.language, key, values)}\n`)
  try {
    const { app, fresh, keyMade } = await boot(config, say)
    await serve(app, config)
    if (keyMade) say('backupKey', { file: keyMade })
    if (fresh && config.empty) say('firstAdmin', await firstAdministrator(app))
    else if (!config.empty) await loadStartDemo(app, config, say)
    if (config.databaseUrl === null) say('embeddedNote')
    say('ready', { address: `http://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${config.port}` })
    keepTime(app)
  } catch (error) {
    exitWith(config, error)
  }
}

function readConfigOrExit(args: readonly string[]): Config {
  try {
    return readConfig(args)
  } catch (error) {
    return exitWith({ language: (process.env['SONGBAI_LANG'] ?? '').startsWith('en') ? 'en' : 'zh' }, error)
  }
}

/** Two doors on the same actions: HTTP for people, a local socket for the command line. */
async function serve(app: App, config: Config): Promise<void> {
  const staticFolder = join(config.root, 'build', 'console')
  const http = createHttp(app, { version: config.version, staticFolder, actorOf: (session) => sessionActor(app, session), secureCookie: process.env['SONGBAI_HTTPS'] === '1' })
  await http.listen({ port: config.port, host: config.host }).catch(async (error: NodeJS.ErrnoException) => {
    await app.close()
    throw portError(error, config.port)
  })
  const operator = createHttp(app, { version: config.version, actorOf: async () => null, operatorDoor: true })
  const socket = socketPath(config)
  rmSync(socket, { force: true })
  await operator.listen({ path: socket })
  if (process.platform !== 'win32') chmodSync(socket, 0o600)
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    process.stdout.write(`\n${sentence(config.language, 'stopping')}\n`)
    // Long work goes on at the next start from where it was: what is committed is safe, so nobody is kept waiting for it.
    setTimeout(() => process.exit(0), 8000).unref()
    await Promise.all([http.close(), operator.close()])
    await app.close()
    rmSync(socket, { force: true })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

async function sessionActor(app: App, session: { userId: string; level: string }) {
  const actor = await app.runAs(operatorActor('sign-in'), 'session', (tx) => actorOf(tx, session.userId))
  if (!actor) return null
  // Until both factors are proven a person is nobody yet, but a nobody whose name is known.
  return session.level === 'full' ? actor : { ...actor, kind: 'anyone' as const, roles: [], prefixes: [], grants: [] }
}

/** Recovers interrupted work, then looks every minute for calendar jobs that are due. */
function keepTime(app: App): void {
  const tick = async (): Promise<void> => {
    const counties = await app.runAs(operatorActor('clock'), 'clock', countiesAtWork)
    await app.tick(counties)
    await app.settle()
    app.tasks.poke()
  }
  const run = (): void => void tick().catch((error: unknown) => app.world.log({ level: 'error', what: 'clock', message: (error as Error).message }))
  void app.tasks.recover().then(run)
  setInterval(run, 60_000).unref()
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new SetupError('portTaken', { port, next: port + 1 })
  if (error.code === 'EACCES') return new SetupError('portForbidden', { port })
  return error
}

function exitWith(config: Pick<Config, 'language'>, error: unknown): never {
  if (error instanceof SetupError && isSentence(error.code)) process.stderr.write(`\n${sentence(config.language, error.code, error.args)}\n`)
  else process.stderr.write(`\n${(error as Error).stack ?? String(error)}\n`)
  process.exit(1)
}
