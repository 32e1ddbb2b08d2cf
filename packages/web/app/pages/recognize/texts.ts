import { defineTexts, plural } from '../../texts/texts.ts';

export const texts = defineTexts({
  title: { en: 'Recognize', zh: '识别' },
  choose: { en: 'Choose photos', zh: '选择照片' },
  camera: { en: 'Camera', zh: '摄像头' },
  clear: { en: 'Clear', zh: '清空' },
  drop: { en: 'Drop to see who is in them', zh: '松开以识别照片中的人' },
  emptyTitle: { en: 'Who is in a photo?', zh: '照片中是谁？' },
  emptyLead: {
    en: 'Drop photos anywhere on this page, paste one, or choose them. They are looked at and not kept.',
    zh: '将照片拖到本页任意位置、粘贴或选择文件。照片只用于识别，不会保存。',
  },
  photos: { en: 'Photos', zh: '照片' },
  photo: { en: 'Photo', zh: '照片' },
  looking: { en: 'Looking…', zh: '识别中…' },
  waiting: { en: 'Waiting', zh: '等待中' },
  faces: {
    en: (count: number) => plural(count, 'face'),
    zh: (count: number) => `${count} 张人脸`,
  },
  failed: { en: 'failed', zh: '失败' },
  noFaceTitle: { en: 'No face was found', zh: '未找到人脸' },
  noFaceLead: {
    en: 'Faces of about 20 pixels and more are found, in upright photos best.',
    zh: '可找到约 20 像素以上的人脸，正立的照片效果最好。',
  },
  notShown: {
    en: 'This browser cannot show such a file; the service has read it.',
    zh: '此浏览器无法显示该文件，但服务已读取。',
  },
  unknown: { en: 'Unknown', zh: '未知' },
  similarity: { en: 'Similarity', zh: '相似度' },
  threshold: { en: (value: string) => `threshold ${value}`, zh: (value: string) => `阈值 ${value}` },
  scale: {
    en: (value: string, threshold: string) => `Similarity ${value}; a face counts as known from ${threshold}`,
    zh: (value: string, threshold: string) => `相似度 ${value}；达到 ${threshold} 视为已知`,
  },
  strangers: {
    en: (every: string) => `About 1 in ${every} strangers looks this much like somebody of the gallery.`,
    zh: (every: string) => `大约每 ${every} 个陌生人中有 1 个与库中某人如此相似。`,
  },
  many: {
    en: 'Every second stranger or more looks this much like somebody of the gallery.',
    zh: '至少一半的陌生人与库中某人有这样的相似度。',
  },
  below_threshold: {
    en: 'The most alike person of the gallery is less alike than the threshold asks.',
    zh: '底库中最相似的人仍低于阈值。',
  },
  not_this_person: {
    en: 'A face like this one was rejected for the most alike person before.',
    zh: '此前已有人指出，类似的脸不是最相似的那个人。',
  },
  ambiguous: { en: 'Two people of the gallery are nearly as alike.', zh: '底库中有两人的相似度几乎相同。' },
  low_quality: {
    en: 'The face is too small or too blurred to be told.',
    zh: '人脸过小或过于模糊，无法判断。',
  },
  empty_gallery: { en: 'Nobody is enrolled yet.', zh: '尚未登记任何人。' },
  no_gallery: { en: 'The service was started without a gallery.', zh: '服务启动时没有指定底库。' },
  alsoAlike: { en: 'Also above the threshold', zh: '同样高于阈值' },
  inPhoto: { en: 'in the photo', zh: '照片中' },
  enrolled: { en: 'enrolled', zh: '已登记' },
  quality: { en: (percent: string) => `quality ${percent}`, zh: (percent: string) => `质量 ${percent}` },
  request: { en: 'The same from a program', zh: '在程序中调用' },
  requestLead: {
    en: 'With a key of the role read in SEMBLANCE_KEY.',
    zh: '使用 read 角色的密钥，存放在环境变量 SEMBLANCE_KEY 中。',
  },
  cameraTitle: { en: 'Camera', zh: '摄像头' },
  shoot: { en: 'Recognize', zh: '识别' },
  cameraRefused: {
    en: 'The camera cannot be used: allow it for this site in the browser, and see that nothing else has it.',
    zh: '无法使用摄像头：请在浏览器中允许本站使用，并确认没有被其他程序占用。',
  },
});
