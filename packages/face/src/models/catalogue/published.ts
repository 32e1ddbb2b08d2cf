import type { CatalogueEntry, ModelLicense } from './entry.ts';

const opencv = (folder: string, file: string): string =>
  `https://github.com/opencv/opencv_zoo/raw/main/models/${folder}/${file}`;
const uniface = (file: string): string =>
  `https://github.com/yakhyo/uniface/releases/download/weights/${file}`;
const insightface = (file: string): string =>
  `https://github.com/deepinsight/insightface/releases/download/v0.7/${file}`;

const unifaceLicense = (trainedOn: string): ModelLicense => ({
  name: 'MIT',
  url: 'https://github.com/yakhyo/uniface/blob/main/LICENSE',
  trainedOn,
});
const insightfaceLicense = (trainedOn: string): ModelLicense => ({
  name: 'InsightFace model license',
  restriction: 'non-commercial research only',
  url: 'https://github.com/deepinsight/insightface#license',
  trainedOn,
});
const sfaceLicense: ModelLicense = {
  name: 'Apache-2.0',
  url: 'https://github.com/opencv/opencv_zoo/blob/main/models/face_recognition_sface/LICENSE',
  trainedOn: 'not stated',
};
const sfaceThreshold = { value: 0.363, basis: 'the authors’ threshold' };

/** The detector and the recognizer of one of insightface's archives. */
const scrfdAndArcface = (
  detector: { file: string; sha256?: string },
  recognizer: { file: string; sha256: string },
): CatalogueEntry['models'] => [
  { task: 'detection', dialect: 'scrfd', member: detector },
  { task: 'recognition', dialect: 'arcface-insightface', member: recognizer },
];
const w600kR50 = {
  file: 'w600k_r50.onnx',
  sha256: '4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43',
};

/** Published models by name; a new one is one entry. Facts are those of the projects' own files, as of 2026-11-28. */
export const publishedModels: readonly CatalogueEntry[] = [
  {
    name: 'yunet',
    summary: 'a small, fast detector',
    file: {
      url: opencv('face_detection_yunet', 'face_detection_yunet_2023mar.onnx'),
      sha256: '8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4',
      sizeBytes: 232_589,
    },
    license: {
      name: 'MIT',
      url: 'https://github.com/opencv/opencv_zoo/blob/main/models/face_detection_yunet/LICENSE',
      trainedOn: 'WIDER FACE',
    },
    models: [{ task: 'detection', dialect: 'yunet' }],
  },
  {
    name: 'sface',
    summary: 'a recognizer of 128 numbers that may be used commercially',
    file: {
      url: opencv('face_recognition_sface', 'face_recognition_sface_2021dec.onnx'),
      sha256: '0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79',
      sizeBytes: 38_696_353,
    },
    license: sfaceLicense,
    models: [{ task: 'recognition', dialect: 'sface', threshold: sfaceThreshold }],
  },
  {
    name: 'sface-int8',
    summary: 'sface on 8 bits: a quarter of the size',
    file: {
      url: opencv('face_recognition_sface', 'face_recognition_sface_2021dec_int8.onnx'),
      sha256: '2b0e941e6f16cc048c20aee0c8e31f569118f65d702914540f7bfdc14048d78a',
      sizeBytes: 9_896_933,
    },
    license: sfaceLicense,
    models: [{ task: 'recognition', dialect: 'sface', threshold: sfaceThreshold }],
  },
  {
    name: 'retinaface-mnet025',
    summary: 'RetinaFace with MobileNet-0.25',
    file: {
      url: uniface('retinaface_mv1_0.25.onnx'),
      sha256: 'b7a7acab55e104dce6f32cdfff929bd83946da5cd869b9e2e9bdffafd1b7e4a5',
    },
    license: unifaceLicense('WIDER FACE'),
    models: [
      { task: 'detection', dialect: 'retinaface', conventions: { architecture: 'retinaface-mnet025' } },
    ],
  },
  {
    name: 'retinaface-r34',
    summary: 'RetinaFace with ResNet-34: larger, finds more',
    file: {
      url: uniface('retinaface_r34.onnx'),
      sha256: 'bd0263dc2a465d32859555cb1741f2d98991eb0053696e8ee33fec583d30e630',
    },
    license: unifaceLicense('WIDER FACE'),
    models: [{ task: 'detection', dialect: 'retinaface', conventions: { architecture: 'retinaface-r34' } }],
  },
  {
    name: 'mobilenetv3-large-ms1m',
    summary: 'a recognizer for small machines',
    file: {
      url: uniface('mobilenetv3_large.onnx'),
      sha256: '0e48f8e11f070211716d03e5c65a3db35a5e917cfb5bc30552358629775a142a',
    },
    license: unifaceLicense('MS1M-V2'),
    models: [
      {
        task: 'recognition',
        dialect: 'arcface-insightface',
        conventions: { architecture: 'mobilenetv3-large' },
      },
    ],
  },
  {
    name: 'sphereface20',
    summary: 'a recognizer with 20 convolutional layers',
    file: {
      url: uniface('sphere20.onnx'),
      sha256: 'c02878cf658eb1861f580b7e7144b0d27cc29c440bcaa6a99d466d2854f14c9d',
    },
    license: unifaceLicense('MS1M-V2'),
    models: [
      { task: 'recognition', dialect: 'arcface-insightface', conventions: { architecture: 'sphereface20' } },
    ],
  },
  ...(
    [
      ['18', '6b6a35772fb636cdd4fa86520c1a259d0c41472a76f70f802b351837a00d9870'],
      ['101', 'f2eb07d03de0af560a82e1214df799fec5e09375d43521e2868f9dc387e5a43e'],
    ] as const
  ).map(
    ([depth, sha256]): CatalogueEntry => ({
      name: `adaface-ir${depth}`,
      summary: `AdaFace with IResNet-${depth}, for photos of poor quality`,
      file: {
        url: `https://github.com/yakhyo/adaface-onnx/releases/download/weights/adaface_ir_${depth}.onnx`,
        sha256,
      },
      license: {
        name: 'MIT',
        url: 'https://github.com/mk-minchul/AdaFace/blob/master/LICENSE',
        trainedOn: 'WebFace',
      },
      models: [
        { task: 'recognition', dialect: 'adaface', conventions: { architecture: `adaface-ir${depth}` } },
      ],
    }),
  ),
  {
    name: 'buffalo-l',
    summary: 'insightface’s large pair',
    file: {
      url: insightface('buffalo_l.zip'),
      sha256: '80ffe37d8a5940d59a7384c201a2a38d4741f2f3c51eef46ebb28218a7b0ca2f',
    },
    license: insightfaceLicense('WIDER FACE; WebFace600K'),
    models: scrfdAndArcface(
      {
        file: 'det_10g.onnx',
        sha256: '5838f7fe053675b1c7a08b633df49e7af5495cee0493c7dcf6697200b85b5b91',
      },
      w600kR50,
    ),
  },
  {
    name: 'buffalo-m',
    summary: 'insightface’s pair with a smaller detector',
    file: {
      url: insightface('buffalo_m.zip'),
      sha256: 'd98264bd8f2dc75cbc2ddce2a14e636e02bb857b3051c234b737bf3b614edca9',
    },
    license: insightfaceLicense('WIDER FACE; WebFace600K'),
    models: scrfdAndArcface(
      {
        file: 'det_2.5g.onnx',
        sha256: '041f73f47371333d1d17a6fee6c8ab4e6aecabefe398ff32cca4e2d5eaee0af9',
      },
      w600kR50,
    ),
  },
  {
    name: 'buffalo-sc',
    summary: 'insightface’s smallest pair',
    file: {
      url: insightface('buffalo_sc.zip'),
      sha256: '57d31b56b6ffa911c8a73cfc1707c73cab76efe7f13b675a05223bf42de47c72',
    },
    license: insightfaceLicense('WIDER FACE; WebFace600K'),
    models: scrfdAndArcface(
      {
        file: 'det_500m.onnx',
        sha256: '5e4447f50245bbd7966bd6c0fa52938c61474a04ec7def48753668a9d8b4ea3a',
      },
      {
        file: 'w600k_mbf.onnx',
        sha256: '9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f',
      },
    ),
  },
  {
    name: 'antelope-v2',
    summary: 'insightface’s pair with its largest recognizer',
    file: {
      url: insightface('antelopev2.zip'),
      sha256: '8e182f14fc6e80b3bfa375b33eb6cff7ee05d8ef7633e738d1c89021dcf0c5c5',
    },
    license: insightfaceLicense('WIDER FACE; Glint360K'),
    models: scrfdAndArcface(
      // its own hash is not published beside the archive's, which vouches for it
      { file: 'scrfd_10g_bnkps.onnx' },
      {
        file: 'glintr100.onnx',
        sha256: '4ab1d6435d639628a6f3e5008dd4f929edf4c4124b1a7169e1048f9fef534cdf',
      },
    ),
  },
];
