/** What the program says in the terminal: one sentence, and what to do. */
import type { Config } from './config.ts'

type Args = Readonly<Record<string, string | number>>

const SENTENCES = {
  badPort: { zh: 'PORT 写的是“{port}”，要 0 到 65535 的整数。请改 PORT 再启动。', en: 'PORT is "{port}"; it must be a whole number from 0 to 65535. Change PORT and start again.' },
  portTaken: { zh: '{port} 端口已被别的程序占用。请关掉它，或换一个端口启动：PORT={next} npm start', en: 'Port {port} is taken by another program. Close it, or choose another: PORT={next} npm start' },
  portForbidden: { zh: '没有权限使用 {port} 端口（1024 以下要管理员）。请换一个：PORT=8080 npm start', en: 'Port {port} needs administrator rights. Choose another: PORT=8080 npm start' },
  folderLocked: { zh: '数据文件夹 {folder} 正被另一个松柏程序使用（进程 {pid}）。请先停掉那一个，或另设 SONGBAI_DATA。', en: 'The data folder {folder} is in use by another Songbai (process {pid}). Stop that one first, or set SONGBAI_DATA.' },
  folderNotWritable: { zh: '数据文件夹 {folder} 写不进去。请改它的权限，或用 SONGBAI_DATA 指到能写的地方。', en: 'The data folder {folder} cannot be written. Change its permissions, or point SONGBAI_DATA elsewhere.' },
  diskFull: { zh: '磁盘满了，写不进 {folder}。请腾出空间再启动；已存的数据都在。', en: 'The disk is full; {folder} cannot be written. Free some space and start again; stored data is safe.' },
  databaseUnreachable: { zh: '连不上数据库 {address}。请确认 PostgreSQL 已启动、DATABASE_URL 写对了。（{reason}）', en: 'The database at {address} cannot be reached. Check that PostgreSQL runs and DATABASE_URL is right. ({reason})' },
  databaseTooOld: { zh: '这个 PostgreSQL 是 {version} 版，松柏要 15 或更新。', en: 'This PostgreSQL is version {version}; Songbai needs 15 or newer.' },
  keyMissing: { zh: '数据库里有加密的资料，但找不到密钥文件 {file}。请把备份的密钥放回去；没有它身份证号和电话打不开。', en: 'The database holds sealed data, but the key file {file} is missing. Put the backup of the key back; without it secrets cannot be opened.' },
  migrationChanged: { zh: '数据库的表与这个版本的程序对不上：{detail}。请用建库时的版本，或联系维护人员。', en: 'The tables of this database do not fit this program: {detail}. Use the version that made it, or ask the maintainers.' },
  gatewayIncomplete: { zh: '短信网关没有设好：SONGBAI_GATEWAY_URL 要以 http 开头，SONGBAI_GATEWAY_SECRET 至少 16 个字符。请改好再启动，或都不设。', en: 'The message gateway is not set up: SONGBAI_GATEWAY_URL must begin with http and SONGBAI_GATEWAY_SECRET have at least 16 characters. Correct both, or set neither.' },
  opening: { zh: '   打开数据库', en: '   Opening the database' },
  migrating: { zh: '   建表', en: '   Making tables' },
  demoBegins: { zh: '   载入演示数据：五个地方，{total} 位老人（均为虚构）', en: '   Loading the demo: five places, {total} elders (all synthetic)' },
  demoStep: { zh: '   · {place}　{done}／{total}', en: '   · {place}  {done}/{total}' },
  ready: { zh: '\n松柏已启动：{address}\n按 Ctrl+C 停止。', en: '\nSongbai is running: {address}\nPress Ctrl+C to stop.' },
  embeddedNote: { zh: '用的是随带的数据库，适合试用；程序被强行结束不丢已存的数据，断电可能丢。正式使用请接 PostgreSQL（见 docs/operating.md）。', en: 'Runs on the embedded database, for trial: a killed program loses nothing stored, a power cut may. For real use connect PostgreSQL (docs/operating.md).' },
  accounts: { zh: '\n演示账号（密码都是 {password}）：', en: '\nDemo accounts (password {password}):' },
  firstAdmin: { zh: '\n第一个管理员：{login}\n一次性密码：{password}\n登录后请马上设置动态码和自己的密码。这个密码只显示这一次。', en: '\nFirst administrator: {login}\nOne-time password: {password}\nSet up the code and your own password at the first sign-in. It is shown only once.' },
  backupKey: { zh: '密钥文件 {file} 已生成。请另存一份到别处：只备份数据库打不开加密资料。', en: 'Key file {file} was made. Keep a copy elsewhere: a database backup alone cannot open sealed data.' },
  stopping: { zh: '正在停止，已收下的都会存好 …', en: 'Stopping; everything accepted is being stored …' },
} as const

export type SentenceKey = keyof typeof SENTENCES

export function sentence(language: Config['language'], key: SentenceKey, args: Args = {}): string {
  return SENTENCES[key][language].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(args[name] ?? ''))
}

export function isSentence(key: string): key is SentenceKey {
  return key in SENTENCES
}
