import { describe, expect, it } from 'vitest';
import {
  autocast,
  detectAnomaly,
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceMode,
  noGrad,
  ones,
  run,
} from './index.ts';

describe('noGrad', () => {
  it('holds for its function alone, also where that throws', () => {
    expect(noGrad(isGradEnabled)).toBe(false);
    expect(noGrad(() => enableGrad(isGradEnabled))).toBe(true);
    expect(() =>
      noGrad(() => {
        throw new Error('out');
      }),
    ).toThrow('out');
    expect(isGradEnabled()).toBe(true);
  });
});

describe('a mode', () => {
  const modes: [string, (fn: () => unknown) => unknown][] = [
    ['noGrad', noGrad],
    ['enableGrad', enableGrad],
    ['inferenceMode', inferenceMode],
    ['detectAnomaly', detectAnomaly],
    ['autocast', (fn) => autocast({}, fn)],
  ];
  const refused = (name: string) =>
    expect.objectContaining({
      code: 'TORCH_BAD_ARGUMENT',
      message: expect.stringContaining(`${name}() takes a synchronous function`),
    });

  it.each(modes)('%s refuses an async function before it runs', (name, mode) => {
    let ran = false;
    expect(() =>
      mode(async () => {
        ran = true;
        await null;
      }),
    ).toThrow(refused(name));
    expect([ran, isGradEnabled(), isInferenceMode()]).toEqual([false, true, false]);
  });

  it.each(modes)('%s refuses a promise, and leaves nothing switched', async (name, mode) => {
    let seen: unknown;
    const work = async () => {
      await null;
      seen = [isGradEnabled(), isInferenceMode()];
      throw new Error('nobody hears of this');
    };
    expect(() => mode(() => work())).toThrow(refused(name));
    expect([isGradEnabled(), isInferenceMode()]).toEqual([true, false]);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(seen).toEqual([true, false]);
  });

  it('goes along with work in the background', async () => {
    const w = ones([2], { requiresGrad: true });
    const y = await noGrad(() => run(() => w.mul(2)));
    expect([y.requiresGrad, isGradEnabled()]).toEqual([false, true]);
  });
});
