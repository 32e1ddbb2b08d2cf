import { defineTexts, plural } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Review', zh: '复核' },
  waiting: {
    en: (count: number, days: number) =>
      `${plural(count, 'group')} of unknown faces, each face kept for ${plural(days, 'day')}`,
    zh: (count: number, days: number) => `${count} 组未知人脸，每张保留 ${days} 天`,
  },
  offTitle: { en: 'Unknown faces are not kept', zh: '未保留未知人脸' },
  offLead: {
    en: 'Start the service with the option below, and faces that come back as unknown wait here for so many days, encrypted: who they are is then a key away.',
    zh: '以下面的选项启动服务后，未识别的人脸会加密保留相应天数并在此等待，按一个键即可指认。',
  },
  emptyTitle: { en: 'Nobody waits', zh: '没有待复核的人脸' },
  emptyLead: {
    en: 'Faces that come back as unknown appear here, grouped by person. Recognize a photo of somebody new to see one.',
    zh: '未识别的人脸会按人分组出现在这里。识别一张新面孔的照片即可看到。',
  },
  toRecognize: { en: 'Recognize photos', zh: '识别照片' },
  who: { en: 'Who is this?', zh: '这是谁？' },
  seen: {
    en: (count: number, at: string) => `Seen ${plural(count, 'time')}, last ${at}`,
    zh: (count: number, at: string) => `出现 ${count} 次，最近 ${at}`,
  },
  face: {
    en: (number: number, of: number) => `Unknown face ${number} of ${of}`,
    zh: (number: number, of: number) => `未知人脸 ${number}/${of}`,
  },
  nobody: {
    en: 'Nobody enrolled is like this face. E makes a new person of it.',
    zh: '已登记的人中没有相似者。按 E 登记为新人员。',
  },
  enough: { en: 'alike enough to count as known', zh: '已达到判定为同一人的相似度' },
  nearly: { en: 'nearly alike enough', zh: '接近判定阈值' },
  somewhat: { en: 'somewhat alike', zh: '有些相似' },
  hardly: { en: 'hardly alike', zh: '不太相似' },
  score: {
    en: (value: string, threshold: string) => `${value}, known from ${threshold}`,
    zh: (value: string, threshold: string) => `${value}，阈值 ${threshold}`,
  },
  strangers: {
    en: (every: string) => `1 in ${every} strangers is as alike`,
    zh: (every: string) => `每 ${every} 个陌生人中有 1 个同样相似`,
  },
  notThem: { en: 'Not them', zh: '不是此人' },
  notNamed: { en: (name: string) => `Not ${name}`, zh: (name: string) => `不是 ${name}` },
  newPerson: { en: 'New person', zh: '新人员' },
  merge: { en: 'Same as another group', zh: '与另一组相同' },
  split: { en: 'Take faces out', zh: '移出人脸' },
  dismiss: { en: 'Do not ask', zh: '不再询问' },
  undo: { en: 'Undo', zh: '撤销' },
  name: { en: 'Name', zh: '姓名' },
  nameHint: {
    en: (count: number) => `${plural(count, 'face')} will be enrolled under this name.`,
    zh: (count: number) => `将以此姓名登记 ${count} 张人脸。`,
  },
  nameNeeded: { en: 'Give a name.', zh: '请输入姓名。' },
  enrol: { en: 'Enrol', zh: '登记' },
  merging: { en: 'Which group is the same person?', zh: '哪一组是同一个人？' },
  mergeHint: { en: '1–5 chooses, Escape goes back.', zh: '按 1–5 选择，Esc 返回。' },
  noOther: { en: 'There is no other group.', zh: '没有其他组。' },
  splitting: { en: 'Whose faces are somebody else’s?', zh: '哪些人脸属于另一个人？' },
  splitHint: {
    en: '1–9 marks faces, Enter takes them out, Escape goes back.',
    zh: '按 1–9 标记，回车移出，Esc 返回。',
  },
  takeOut: {
    en: (count: number) => `Take ${plural(count, 'face')} out`,
    zh: (count: number) => `移出 ${count} 张人脸`,
  },
  back: { en: 'Back', zh: '返回' },
  others: { en: 'The queue', zh: '队列' },
  open: {
    en: (number: number, of: number) => `Group ${number} of ${of}`,
    zh: (number: number, of: number) => `第 ${number}/${of} 组`,
  },
  accepted: { en: (name: string) => `Enrolled as ${name}.`, zh: (name: string) => `已登记为 ${name}。` },
  rejected: {
    en: (name: string) => `Remembered: not ${name}.`,
    zh: (name: string) => `已记住：不是 ${name}。`,
  },
  merged: { en: 'Two groups are one now.', zh: '两组已合并。' },
  parted: { en: 'The faces are a group of their own now.', zh: '人脸已成为单独一组。' },
  dismissed: { en: 'You will not be asked about them again.', zh: '不再询问此人。' },
  undone: { en: 'Taken back.', zh: '已撤销。' },
  keys: {
    en: 'Keys: 1–5 it is them, ↑ ↓ choose, N not them, E new person, M merge, S split, D do not ask, ← → other groups, Z undo.',
    zh: '按键：1–5 是此人，↑ ↓ 选择，N 不是此人，E 新人员，M 合并，S 拆分，D 不再询问，← → 切换组，Z 撤销。',
  },
});
