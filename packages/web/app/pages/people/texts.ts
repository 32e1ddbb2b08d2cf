import { defineTexts, plural } from '../../texts/texts.ts';

const inChinese = (count: number): string => count.toLocaleString('zh');

export const texts = defineTexts({
  title: { en: 'People', zh: '人员' },
  count: {
    en: (count: number) => plural(count, 'person', 'people'),
    zh: (count: number) => `${inChinese(count)} 人`,
  },
  photos: {
    en: (count: number) => plural(count, 'photo'),
    zh: (count: number) => `${inChinese(count)} 张照片`,
  },
  search: { en: 'Search', zh: '搜索' },
  searchPeople: { en: 'Search people by name', zh: '按姓名搜索' },
  sort: { en: 'Sort by', zh: '排序' },
  name: { en: 'Name', zh: '姓名' },
  faces: { en: 'Photos', zh: '照片数' },
  newest: { en: 'Newest', zh: '最新' },
  enrolPeople: { en: 'Enrol people', zh: '登记人员' },
  emptyTitle: { en: 'Nobody is enrolled yet', zh: '尚未登记任何人' },
  emptyLead: {
    en: 'Drop photos anywhere on this page: a folder for each person, or files named after them, as Ada Lovelace 1.jpg.',
    zh: '将照片拖到本页任意位置：每人一个文件夹，或以姓名命名文件，如“王芳 1.jpg”。',
  },
  emptyRead: {
    en: 'Your key recognises people and does not enrol them: whoever has one of the role enrol can.',
    zh: '您的密钥只能识别，不能登记；登记需要 enrol 角色的密钥。',
  },
  nobodyTitle: { en: 'Nobody has such a name', zh: '没有匹配的姓名' },
  nobodyLead: { en: 'Try a shorter part of the name.', zh: '请尝试姓名中更短的部分。' },
  drop: { en: 'Drop to enrol', zh: '松开以登记' },
  toPeople: { en: 'All people', zh: '全部人员' },
  // one person
  rename: { en: 'Rename', zh: '改名' },
  newName: { en: 'Name', zh: '姓名' },
  nameNeeded: { en: 'Give a name.', zh: '请输入姓名。' },
  joins: {
    en: 'Where somebody has that name already, the two become one person.',
    zh: '如果已有同名的人，两者将合并为一人。',
  },
  erase: { en: 'Erase', zh: '删除' },
  eraseTitle: { en: (name: string) => `Erase ${name}?`, zh: (name: string) => `删除 ${name}？` },
  eraseLead: {
    en: 'All their photos and embeddings are erased, from galleries that a roll-back could bring back, too. This cannot be undone.',
    zh: '将删除此人的所有照片和特征，包括可回滚的底库中的数据，且无法撤销。',
  },
  merge: { en: 'Merge', zh: '合并' },
  mergeOne: {
    en: (name: string) => `Who else is ${name}?`,
    zh: (name: string) => `${name} 与谁是同一人？`,
  },
  mergeLead: {
    en: 'All photos become those of the name that stays. It can be undone.',
    zh: '所有照片将归到保留的姓名下，此操作可以撤销。',
  },
  split: { en: 'Split off', zh: '拆分' },
  splitOff: {
    en: (count: number) => `Whose ${count === 1 ? 'photo is this' : `are these ${count} photos`}?`,
    zh: (count: number) => `这 ${count} 张照片是谁的？`,
  },
  splitLead: {
    en: 'They go to somebody who is known, or to a new person. It can be undone.',
    zh: '照片将归到已有人员或新人员名下，此操作可以撤销。',
  },
  choosePhoto: {
    en: (number: number) => `Choose photo ${number}`,
    zh: (number: number) => `选择第 ${number} 张照片`,
  },
  renamed: {
    en: (from: string, to: string) => `${from} was renamed ${to}.`,
    zh: (from: string, to: string) => `${from} 已改名为 ${to}。`,
  },
  merged: {
    en: (from: string, to: string) => `${from} was merged into ${to}.`,
    zh: (from: string, to: string) => `${from} 已合并到 ${to}。`,
  },
  wasSplit: {
    en: (from: string, to: string) => `Photos of ${from} became ${to}’s.`,
    zh: (from: string, to: string) => `${from} 的部分照片已归到 ${to}。`,
  },
  undo: { en: 'Undo', zh: '撤销' },
  erased: { en: (name: string) => `${name} was erased`, zh: (name: string) => `已删除 ${name}` },
  receiptLead: {
    en: 'The gallery signed a receipt that proves it. It is shown this once: keep the file; semblance gallery verify checks it.',
    zh: '底库已签发删除凭证，仅显示这一次，请保存文件。',
  },
  saveReceipt: { en: 'Download receipt', zh: '下载凭证' },
  close: { en: 'Close', zh: '关闭' },
  addPhotos: { en: 'Add photos', zh: '添加照片' },
  removePhoto: { en: 'Erase photo', zh: '删除照片' },
  removeTitle: { en: 'Erase this photo?', zh: '删除这张照片？' },
  removeLead: {
    en: 'The photo and its embedding are erased. With the last photo its person goes, unless the service keeps names.',
    zh: '将删除此照片及其特征。删除最后一张时，此人也会被移除，除非服务保留姓名。',
  },
  noPhotosTitle: { en: 'No photos', zh: '没有照片' },
  noPhotosLead: {
    en: 'Without a photo nobody is recognised. Add some that show the face from the front.',
    zh: '没有照片就无法识别。请添加正面照片。',
  },
  notThere: { en: 'Nobody has that name', zh: '没有这个人' },
  notThereLead: {
    en: 'They may have been renamed or erased.',
    zh: '可能已改名或被删除。',
  },
  // enrolling
  enrolTitle: { en: 'Enrol people', zh: '登记人员' },
  enrolLead: {
    en: 'One face in each photo. Names come from folders or file names: correct them before you enrol.',
    zh: '每张照片一张人脸。姓名取自文件夹或文件名，请在登记前核对。',
  },
  choose: { en: 'Choose photos', zh: '选择照片' },
  chooseFolder: { en: 'Choose a folder', zh: '选择文件夹' },
  enrol: {
    en: (count: number) => `Enrol ${plural(count, 'photo')}`,
    zh: (count: number) => `登记 ${inChinese(count)} 张照片`,
  },
  enrolling: { en: 'Enrolling…', zh: '登记中…' },
  ready: { en: 'Ready', zh: '待登记' },
  sending: { en: 'Looking for the face…', zh: '正在检查人脸…' },
  done: { en: 'Enrolled', zh: '已登记' },
  summary: {
    en: (done: number, refused: number) => `${plural(done, 'photo')} enrolled, ${refused} refused`,
    zh: (done: number, refused: number) => `已登记 ${inChinese(done)} 张，${inChinese(refused)} 张未通过`,
  },
  takeOff: { en: 'Take off the list', zh: '从列表移除' },
  nameOf: { en: (file: string) => `Name for ${file}`, zh: (file: string) => `${file} 的姓名` },
});
