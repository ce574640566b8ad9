// Sentences of the set-up, before the words catalogue can be loaded. Chinese unless the terminal's language is set to something else.
const LANGUAGE = /^(en|C$|C\.|POSIX)/.test(process.env.SONGBAI_LANG ?? '') ? 'en' : 'zh'

const WORDS = {
  wrongNode: { zh: (v) => `这台电脑的 Node 是 ${v}，松柏要 20.19 或更新。请到 nodejs.org 装新版，再运行 npm start。`, en: (v) => `This machine has Node ${v}; Songbai needs 20.19 or newer. Install it from nodejs.org, then run npm start again.` },
  installFailed: { zh: () => '没能装好所需的软件包。请看上面的提示，多半是网络不通；接通后再运行一次即可，不会重复装。', en: () => 'Packages could not be installed. The lines above say why, most often the network; run again once it is back.' },
  buildFailed: { zh: () => '没能编译好。请把上面的提示发给维护人员。', en: () => 'The build failed. Please send the lines above to the maintainers.' },
  installing: { zh: () => '① 安装软件包（头一次约半分钟）…', en: () => '1 Installing packages (about half a minute the first time) …' },
  building: { zh: () => '② 编译程序和页面（约 20 秒）…', en: () => '2 Building the program and its pages (about 20 seconds) …' },
  starting: { zh: () => '③ 启动 …', en: () => '3 Starting …' },
  seconds: { zh: (s) => `   好了，${s} 秒`, en: (s) => `   done, ${s} s` },
}

export function say(key, ...args) {
  return WORDS[key][LANGUAGE](...args)
}
