/** Imports: refusals. */
export const imports = {
  'refusal.imports.answer-not-fitting': '没有定下。\n第 {row} 行不能这样定：同一个人、另一个人、照用、不要，要看问题是哪一种。\n请打开这一行，从能选的里面选，或改好那一格。',
  'refusal.imports.columns-undecided': '先不能入库。\n还有没定的列（{columns}），放着不管就会丢掉一列。\n请回到认表头，给每一列选一个，或选不导入。',
  'refusal.imports.count-differs': '先不能入库。\n您写的是 {count} 行，现在可入的是 {ready} 行，可能有人刚改过。\n请再看一眼，照现在的数写。',
  'refusal.imports.field-twice': '没有开始试跑。\n两列都当作了同一项，不知道该听哪一列的。\n请留一列，另一列选不导入。',
  'refusal.imports.field-unknown': '没有开始试跑。\n有一列选的项目名录里没有。\n请重新选一项。',
  'refusal.imports.file-not-found': '没有找到这个文件。\n不在您的范围，或已经删掉。\n请再传一次。',
  'refusal.imports.name-column-missing': '没有开始试跑。\n没有一列当作姓名，没有姓名就不知道是谁。\n请在认表头里指出哪一列是姓名。',
  'refusal.imports.not-found': '没有查到这一批。\n不在您的范围，或没有导入过。\n请从导入过的名单里再找。',
  'refusal.imports.nothing-to-import': '没有入库。\n没有一行可以入，都在请看或不能入里。\n请先改好几行，或下载改好的表补全再传。',
  'refusal.imports.place-outside': '没有开始试跑。\n给整张表定的地方不归您管。\n请选您管的乡镇或村。',
  'refusal.imports.row-not-found': '没有改成。\n问题里没有第 {row} 行，或那一行不是人。\n请刷新一下再看。',
  'refusal.imports.sheet-unknown': '没有开始试跑。\n这张表里还没有认出表头。\n请换一张表，或指出表头在第几行。',
  'refusal.imports.wrong-state': '现在还不能做这一步。\n这一批不在这一步上，可能正在跑，或已经做完。\n请刷新一下，看看到哪一步了。',
} as const
