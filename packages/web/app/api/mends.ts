import { defineTexts } from '../texts/texts.ts';

/** What to do about an error, by its code; of others the service's own sentence has to do. */
export const mends = defineTexts({
  KEY_INVALID: {
    en: 'Check that the whole key was copied, from smb_ to its end; semblance keys create makes another.',
    zh: '请确认复制了完整的密钥（从 smb_ 到末尾）；也可用 semblance keys create 新建一个。',
  },
  KEY_FORBIDDEN: {
    en: 'Sign in with a key of a higher role, or ask whoever gave you this one.',
    zh: '请使用权限更高的密钥登录，或联系提供密钥的人。',
  },
  SESSION_ENDED: { en: 'Sign in again.', zh: '请重新登录。' },
  NO_FACE: {
    en: 'Take a photo that shows the face larger, brighter and from the front.',
    zh: '请换一张人脸更大、更亮、正面的照片。',
  },
  TOO_MANY_FACES: {
    en: 'To enrol, cut the photo to the one face that is meant.',
    zh: '登记时请裁剪照片，只保留要登记的那张人脸。',
  },
  IMAGE_NOT_AN_IMAGE: {
    en: 'Choose a photo: JPEG, PNG, WebP, AVIF or TIFF.',
    zh: '请选择照片文件：JPEG、PNG、WebP、AVIF 或 TIFF。',
  },
  IMAGE_UNREADABLE: { en: 'Save the photo again, as JPEG or PNG.', zh: '请将照片重新保存为 JPEG 或 PNG。' },
  IMAGE_TRUNCATED: {
    en: 'The file ends too early: copy it again from where it came.',
    zh: '文件不完整，请重新从来源处复制。',
  },
  IMAGE_TOO_LARGE: { en: 'Scale the photo down.', zh: '请缩小照片尺寸。' },
  REQUEST_TOO_LARGE: {
    en: 'Scale the photo down, or start the service with a larger --max-body-mb.',
    zh: '请缩小照片，或以更大的 --max-body-mb 启动服务。',
  },
  GALLERY_NOT_FOUND: {
    en: 'Start the service with --gallery, or deploy one.',
    zh: '请以 --gallery 启动服务，或部署一个底库。',
  },
  OVERLOADED: {
    en: 'Wait a moment and try again; if it stays so, no model is deployed, or the service is too small.',
    zh: '请稍后再试；若一直如此，可能尚未部署模型，或服务容量不足。',
  },
  RATE_LIMITED: { en: 'Wait a moment and try again.', zh: '请稍后再试。' },
  JOBS_UNSUPPORTED: {
    en: 'Start the service on Linux or macOS with semblance serve, which brings jobs with it.',
    zh: '请在 Linux 或 macOS 上以 semblance serve 启动服务，其中包含作业功能。',
  },
  JOB_NOT_FOUND: { en: 'Look for it in the list: page Training.', zh: '请在“训练”页面的列表中查找。' },
  VERSION_NOT_FOUND: {
    en: 'It may have been deleted: look for it in the list, page Training.',
    zh: '该版本可能已被删除，请在“训练”页面的列表中查找。',
  },
  VERSION_WRONG_STATE: {
    en: 'Somebody else has stopped, resumed or begun to use it: look at the state it is in now.',
    zh: '他人可能已停止、继续或开始使用该版本，请查看它现在的状态。',
  },
  CHECKPOINT_NOT_FOUND: {
    en: 'Begin anew, or choose a version that got further.',
    zh: '请从头开始，或选择已训练得更久的版本。',
  },
  STORAGE_FULL: { en: 'Free space on the disk of the service.', zh: '请清理服务所在磁盘的空间。' },
  GALLERY_SUBJECT_NOT_FOUND: {
    en: 'Somebody else has removed or renamed this person: reload the list.',
    zh: '此人已被他人删除或改名，请刷新列表。',
  },
});
