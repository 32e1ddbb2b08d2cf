import { expect, test } from 'vitest';
import { givenGpus, parseGpuList, parseGpuUse } from './gpus.ts';

// as nvidia-smi prints `--format=csv,noheader,nounits`
const list = `0, GPU-89fdc1e1-18b2-f499-c12b-82bcb9bfb3fa, NVIDIA A100-SXM4-80GB
1, GPU-e9c9aa65-bff3-405a-ab7c-dc879cc88169, NVIDIA A100-PCIE-40GB
2, GPU-8c35f4c9-4dff-c9a2-866f-afb5d82e1dd7, NVIDIA H100 80GB HBM3
`;
const use = `0, 0, 46109
1, 100, 5
2, [N/A], 74709
3, 7, [Not Supported]
`;
const none = 'No devices were found\n';

test('reads the list of GPUs', () => {
  expect(parseGpuList(list)).toEqual([
    { index: 0, uuid: 'GPU-89fdc1e1-18b2-f499-c12b-82bcb9bfb3fa', name: 'NVIDIA A100-SXM4-80GB' },
    { index: 1, uuid: 'GPU-e9c9aa65-bff3-405a-ab7c-dc879cc88169', name: 'NVIDIA A100-PCIE-40GB' },
    { index: 2, uuid: 'GPU-8c35f4c9-4dff-c9a2-866f-afb5d82e1dd7', name: 'NVIDIA H100 80GB HBM3' },
  ]);
  expect(parseGpuList(list.replaceAll('\n', '\r\n'))).toEqual(parseGpuList(list));
  for (const text of [none, '', '\n']) expect(parseGpuList(text)).toEqual([]);
});

test('reads what they do, and what the driver does not tell is null', () => {
  expect(parseGpuUse(use)).toEqual([
    { index: 0, utilisation: 0, memoryBytes: 46_109 * 1_048_576 },
    { index: 1, utilisation: 1, memoryBytes: 5_242_880 },
    { index: 2, utilisation: null, memoryBytes: 74_709 * 1_048_576 },
    { index: 3, utilisation: expect.closeTo(0.07), memoryBytes: null },
  ]);
  expect(parseGpuUse(none)).toEqual([]);
});

test('gives jobs what the environment leaves', () => {
  const gpus = parseGpuList(list);
  const given = (env: Record<string, string>) => givenGpus(gpus, env);
  expect(given({})).toEqual([0, 1, 2]);
  expect(given({ CUDA_VISIBLE_DEVICES: '2,0' })).toEqual([2, 0]);
  expect(given({ CUDA_VISIBLE_DEVICES: 'GPU-e9c9,GPU-8c35f4c9-4dff-c9a2-866f-afb5d82e1dd7' })).toEqual([
    1, 2,
  ]);
  // as CUDA has it: nothing behind what is no device
  expect(given({ CUDA_VISIBLE_DEVICES: '1,-1,0' })).toEqual([1]);
  expect(given({ CUDA_VISIBLE_DEVICES: '' })).toEqual([]);
  expect(given({ CUDA_VISIBLE_DEVICES: 'NoDevFiles' })).toEqual([]);
  expect(given({ CUDA_VISIBLE_DEVICES: '0,0' })).toEqual([0]);
  expect(given({ CUDA_VISIBLE_DEVICES: '0', SEMBLANCE_JOB_GPUS: '1,2,7' })).toEqual([1, 2]);
  expect(givenGpus([], {})).toEqual([]);
  expect(givenGpus([], { CUDA_VISIBLE_DEVICES: '0,1' })).toEqual([]);
  expect(givenGpus([], { SEMBLANCE_JOB_GPUS: '0,1' })).toEqual([0, 1]);
});
